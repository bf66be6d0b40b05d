using System.Text;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Output.Formats;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Output;

/// <summary>What a run leaves for programs that were not there.</summary>
internal static class Receipt
{
    /// <summary>Leaves one for a command that failed before it could begin.</summary>
    public static void WriteFailure(Terminal terminal, ReceiptSubject subject, Exception failure) =>
        Write(
            terminal,
            subject,
            new RunResult(
                UniqueId.New().ToString(),
                DateTime.UtcNow,
                TimeSpan.Zero,
                Steps: [],
                Warnings: [],
                failure
            )
        );

    /// <summary>Writes it where the settings say. A receipt that cannot be written is a warning: the run has ended already.</summary>
    public static void Write(Terminal terminal, ReceiptSubject subject, RunResult result)
    {
        terminal.HasReceipt = true;
        if (subject.Location is not { } location)
        {
            return;
        }

        var path = location.IsFolder
            ? Path.Combine(location.Path, FileName(terminal.Command, result))
            : location.Path;

        // The run may have made what was not there when the settings were read.
        if (
            new ReceiptPlace(path, subject.Path, subject.Program.Drivers).FindProblem() is
            { } problem
        )
        {
            terminal.Warn($"The receipt {path} was not written: it {problem}.");
            return;
        }

        try
        {
            var text = terminal.Redactor.Clean(ToJson(terminal, subject, result));
            PrivateFile.Write(path, Encoding.UTF8.GetBytes(text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Warn($"The receipt {path} could not be written: {e.Message}");
        }
    }

    private static string FileName(string command, RunResult result) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{result.StartedAt:yyyyMMdd'T'HHmmss'Z'}-{command}-{result.RunId}.json"
        );

    private static string ToJson(Terminal terminal, ReceiptSubject subject, RunResult result) =>
        JsonText.Write(
            JsonAnswer.SchemaVersion,
            json =>
            {
                var origin = subject.Program.Origin();
                json.WriteTime("startedAt", result.StartedAt);
                json.WriteTime("finishedAt", result.StartedAt + result.Duration);
                json.WriteString("dbPath", subject.Path);
                json.WriteString("migrationStatus", result.Failure is null ? "ok" : "error");
                json.WriteString("error", result.Failure?.Message);
                foreach (var (name, value) in subject.Program.ReceiptFields)
                {
                    json.WriteString(name, value);
                }

                json.WriteString(
                    "errorCode",
                    result.Failure is { } failure ? Words.Of(ErrorCodes.Of(failure)) : null
                );
                json.WriteString("command", terminal.Command);
                json.WriteNumber("exitCode", (int)Ending.Of(result.Failure).Code);
                json.WriteString("runId", result.RunId);
                json.WriteString("environment", subject.Environment);
                json.WriteString("target", terminal.Target);
                json.WriteString("binaryVersion", origin.BinaryVersion);
                json.WriteString("fluentMigratorVersion", origin.FluentMigratorVersion);
                json.WriteString("host", origin.Host);
                json.WriteString("user", origin.User);
                json.WriteString("transaction", Words.Of(result.CommitUnit));
                RunReport.WriteSteps(json, result);
                AdoptionView.WriteJson(json, result.AdoptionPoints);
                json.WriteString("plan", result.Plan?.Value);
                json.WriteString("backup", result.Backup);
                json.WriteArray("warnings", result.Warnings);
            }
        );
}
