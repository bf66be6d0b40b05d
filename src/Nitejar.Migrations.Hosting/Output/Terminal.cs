using System.Text;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Hosting.Output.Secrets;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Output;

/// <summary>
/// Both output streams. stdout carries the answer alone, stderr everything else; all of it passes the redactor.
/// Bytes are written directly, since the console classes cost more to start than a run that has nothing to do.
/// </summary>
internal sealed class Terminal(Stream answer, Stream diagnostics)
{
    /// <summary>Takes secrets out of what is written.</summary>
    public Redactor Redactor { get; } = new();

    /// <summary>Nothing but errors, and no answer for people.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>SQL as it is executed, and stack traces.</summary>
    public bool IsVerbose { get; set; }

    /// <summary>The answer is one JSON document.</summary>
    public bool IsJson { get; set; }

    /// <summary>The command that answers, with its group: <c>up</c>, <c>archive list</c>; empty until it is known.</summary>
    public string Command { get; set; } = "";

    /// <summary>The database that the command is about; <see langword="null"/> without one, and until it is known.</summary>
    public string? Database { get; set; }

    /// <summary>Whether the command works on several targets, so that each JSON document is a line.</summary>
    public bool HasTargets { get; set; }

    /// <summary>
    /// The target that is worked on. Its answer is a line of JSON, and none for people, who get one report of all;
    /// <see langword="null"/> for a command that has one database.
    /// </summary>
    public string? Target { get; set; }

    /// <summary>Whether colours are wanted where the stream is a terminal.</summary>
    public bool AllowsColor { get; set; } = true;

    /// <summary>Whether an answer has been given; there is never a second one.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Whether the command has left its receipt, or would have if there were a place for it.</summary>
    public bool HasReceipt { get; set; }

    /// <summary>Why a part of the answer did not get to where stdout leads; <see langword="null"/> when all of it did.</summary>
    public string? AnswerLoss { get; private set; }

    /// <summary>The process's own streams.</summary>
    public static Terminal OfProcess() => new(StandardStream.Open(1), StandardStream.Open(2));

    /// <summary>Writes the answer, unless quiet, or of one of several targets.</summary>
    public void Answer(string text)
    {
        if (!IsQuiet && Target is null)
        {
            Write(answer, text);
        }
    }

    /// <summary>Writes the answer as data, which <c>--quiet</c> does not silence: it was asked for. A program that reads it gets it to the letter.</summary>
    public void Data(string text) => Write(answer, text, isData: Console.IsOutputRedirected);

    /// <summary>Says something that is neither answer nor error, unless quiet.</summary>
    public void Note(string line)
    {
        if (!IsQuiet)
        {
            Write(diagnostics, line + "\n");
        }
    }

    /// <summary>Warns, unless quiet.</summary>
    public void Warn(string sentence) => Note($"warning: {OfTarget}{sentence}");

    /// <summary>Names the target that a sentence is about, on a line of its own in any log; empty without one.</summary>
    public string OfTarget => Target is null ? "" : $"{Target.Replace('\n', ' ')}: ";

    /// <summary>For commands that have done nothing but show something.</summary>
    /// <exception cref="InvalidRequestException">It could not be shown.</exception>
    public void RequireShown()
    {
        if (AnswerLoss is { } loss)
        {
            throw new InvalidRequestException(
                $"The answer could not be written to stdout: {loss}.",
                "Free space, or correct where the output goes, and run the command again."
            );
        }
    }

    /// <inheritdoc cref="RequireShown()"/>
    /// <param name="code">How the command ended; one that failed says that.</param>
    public void RequireShown(int code)
    {
        if (code == 0)
        {
            RequireShown();
        }
    }

    /// <summary>Says something on stderr whatever the options.</summary>
    public void Error(string text) => Write(diagnostics, text);

    /// <summary>The text in a colour where the answer goes to a terminal.</summary>
    public string Paint(string text, AnsiColor color) =>
        PaintsAnswer ? $"\u001b[{(int)color}m{text}\u001b[0m" : text;

    private bool PaintsAnswer => AllowsColor && !IsJson && !Console.IsOutputRedirected;

    private void Write(Stream stream, string text, bool isData = false)
    {
        var clean = Redactor.Clean(text);
        HasAnswered |= stream == answer;
        try
        {
            stream.Write(
                Encoding.UTF8.GetBytes(
                    isData
                        ? clean
                        : ControlCharacters.Replace(
                            clean,
                            keepColors: stream == answer && PaintsAnswer
                        )
                )
            );
            stream.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What the database is like does not depend on who listens. Of a reader that has gone (a closed pipe), the
            // class library says nothing.
            if (stream == answer)
            {
                AnswerLoss = e.GetBaseException().Message.TrimEnd('.');
            }
        }
    }
}

/// <summary>Colours by their ANSI numbers.</summary>
internal enum AnsiColor
{
    /// <summary>Failed.</summary>
    Red = 31,

    /// <summary>Done.</summary>
    Green = 32,

    /// <summary>Open.</summary>
    Yellow = 33,

    /// <summary>Beside the point.</summary>
    Gray = 90,
}
