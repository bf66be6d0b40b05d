using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Hosting.Output.Formats;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Output.Targets;

/// <summary>How it ended with one of several targets.</summary>
internal sealed class TargetOutcome
{
    private TargetOutcome(TargetState state, string summary, ExitCode? code)
    {
        State = state;
        Summary = summary;
        Code = code;
    }

    /// <summary>In a word.</summary>
    public TargetState State { get; }

    /// <summary>What was done, or what there is; targets of which the same is said are shown together. May be empty.</summary>
    public string Summary { get; }

    /// <summary>The exit code that it would have had alone; <see langword="null"/> where it was not begun.</summary>
    public ExitCode? Code { get; }

    /// <summary>Why it failed; <see langword="null"/> where it did not.</summary>
    public Exception? Failure { get; private init; }

    /// <summary>What a person has to know of this one besides; may be empty.</summary>
    public string Details { get; private init; } = "";

    public static TargetOutcome NotRun { get; } = new(TargetState.NotRun, "", code: null);

    private static TargetOutcome NothingToDo { get; } =
        new(TargetState.NothingToDo, "", ExitCode.Success);

    public static TargetOutcome Of(Exception failure)
    {
        var code = ExitCodes.Of(failure);
        var word = Words.Of(ErrorCodes.Of(failure));
        return new TargetOutcome(
            TargetState.Failed,
            FormattableString.Invariant($"exit code {(int)code}, {word}"),
            code
        )
        {
            Failure = failure,
            Details = failure.Message,
        };
    }

    public static TargetOutcome Of(RunResult result) =>
        result.Failure is { } failure ? Of(failure)
        : result.Steps.Count > 0
            ? Succeeded(
                $"{RunReport.Summary(result)} ({RangeOf(result.Steps[0].Id, result.Steps[^1].Id)})",
                ArchiveSummary.Of(result).TrimEnd('\n').Replace("\n", "; ")
            )
        : result.Accepted.Count > 0
            ? Succeeded($"recorded the changed SQL of {string.Join(", ", result.Accepted)}")
        : NothingToDo;

    public static TargetOutcome Of(DryRunResult preview)
    {
        var steps = preview.Steps;
        return preview.Verdict is { } verdict ? Of(verdict)
            : steps.Count == 0 ? NothingToDo
            : Succeeded(
                $"would {(steps[0].Direction == Direction.Up ? "apply" : "revert")} {Count.Of(steps.Count, "migration")} ({RangeOf(steps[0].Id, steps[^1].Id)})"
            );
    }

    /// <param name="report">How its migrations stand.</param>
    /// <param name="code">The exit code that it would have had alone.</param>
    /// <param name="failure">Why that is a failure; <see langword="null"/> where it is not.</param>
    public static TargetOutcome Of(StatusReport report, ExitCode code, Exception? failure) =>
        failure is not null
            ? Of(failure)
            : new TargetOutcome(
                report.Pending > 0 ? TargetState.Pending : TargetState.UpToDate,
                StatusView.Summary(report),
                code
            );

    private static TargetOutcome Succeeded(string summary, string details = "") =>
        new(TargetState.Succeeded, summary, ExitCode.Success) { Details = details };

    private static string RangeOf(MigrationId first, MigrationId last) =>
        first == last ? $"{first}" : $"{first} to {last}";
}
