namespace Nitejar.Migrations.Hosting.Process;

/// <summary>A signal ended the run.</summary>
internal sealed class InterruptedException : Exception
{
    /// <param name="signal">Its name.</param>
    /// <param name="exitCode">128 plus its number.</param>
    public InterruptedException(string signal, ExitCode exitCode)
        : this($"Interrupted by {signal}.", exitCode, "Run the command again when you are ready.")
    { }

    private InterruptedException(
        string message,
        ExitCode exitCode,
        string nextStep,
        string? state = null
    )
        : base(message)
    {
        ExitCode = exitCode;
        NextStep = nextStep;
        State = state;
    }

    /// <summary>128 plus the signal's number.</summary>
    public ExitCode ExitCode { get; }

    /// <summary>What to do next.</summary>
    public string NextStep { get; }

    /// <summary>The state of the database, where it is not as before the run; else <see langword="null"/>.</summary>
    public string? State { get; }

    /// <summary>The same, of a run that did not stop when it was told to.</summary>
    /// <param name="patience">How long it was waited for.</param>
    /// <param name="hasCommitted">Whether a part of the run was committed before.</param>
    public InterruptedException WithoutReturn(TimeSpan patience, bool hasCommitted) =>
        new(
            FormattableString.Invariant(
                $"{Message.TrimEnd('.')}; the run did not stop within {patience.TotalSeconds:0.#} s, so the program ended itself."
            ),
            ExitCode,
            "Run the command again when you are ready; the next program that opens the database undoes what is left of the run.",
            hasCommitted ? "A part of this run had been committed before; `status` shows it." : null
        );
}
