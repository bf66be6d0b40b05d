using System.Text.Json;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Hosting.Output.Formats;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Output;

/// <summary>Says what failed, where, in what state the database is, and what to do next.</summary>
internal static class ErrorReport
{
    /// <summary>Reports a failure that left no other answer.</summary>
    /// <returns>The exit code.</returns>
    public static ExitCode Write(Terminal terminal, Exception failure)
    {
        WriteText(terminal, failure);
        var ending = Ending.Of(failure);
        if (terminal.IsJson && (!terminal.HasAnswered || terminal.HasTargets))
        {
            JsonAnswer.Write(terminal, ending, _ => { });
        }

        return ending.Code;
    }

    /// <summary>On stderr, for people.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="failure">What failed.</param>
    /// <param name="state">The state of the database; <see langword="null"/> for what the failure means by itself.</param>
    public static void WriteText(Terminal terminal, Exception failure, string? state = null)
    {
        terminal.Error($"error: {terminal.OfTarget}{failure.Message}\n");
        if (failure is MigrateException { Detail: { } detail })
        {
            terminal.Error(Indent(detail));
        }

        terminal.Error($"  state: {state ?? StateOf(failure)}\n");
        terminal.Error($"  next:  {NextStepOf(failure)}\n");
        if (terminal.IsVerbose)
        {
            terminal.Error(failure + "\n");
        }
    }

    /// <summary>As the field <c>error</c>; null for no failure.</summary>
    public static void WriteJson(Utf8JsonWriter json, Ending ending)
    {
        if (ending.Failure is not { } failure)
        {
            json.WriteNull("error");
            return;
        }

        json.WriteStartObject("error");
        json.WriteString("code", Words.Of(ErrorCodes.Of(failure)));
        json.WriteString("message", failure.Message);
        json.WriteString("detail", (failure as MigrateException)?.Detail);
        json.WriteString("state", ending.State ?? StateOf(failure));
        json.WriteString("next", NextStepOf(failure));
        json.WriteEndObject();
    }

    private static string StateOf(Exception failure) =>
        (failure as InterruptedException)?.State ?? ExitCodes.StateOf(ExitCodes.Of(failure));

    private static string NextStepOf(Exception failure) =>
        failure switch
        {
            MigrateException known => known.NextStep,
            InterruptedException interrupted => interrupted.NextStep,
            _ =>
                "This is a defect of this program; run again with --verbose and report what it shows.",
        };

    private static string Indent(string text) =>
        string.Concat(text.Split('\n').Select(line => $"    {line.TrimEnd()}\n"));
}
