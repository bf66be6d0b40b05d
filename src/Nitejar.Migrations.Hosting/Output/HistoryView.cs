using System.Text.Json;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Hosting.Output.Formats;

namespace Nitejar.Migrations.Hosting.Output;

/// <summary>Shows what was done to a database, run by run.</summary>
internal static class HistoryView
{
    public static void Write(
        Terminal terminal,
        IDatabase database,
        IReadOnlyList<JournalEntry> journal
    )
    {
        if (terminal.IsJson)
        {
            JsonAnswer.Write(terminal, Ending.Success, json => WriteJson(json, journal));
        }
        else
        {
            terminal.Answer(ToText(database, journal));
        }
    }

    private static string ToText(IDatabase database, IReadOnlyList<JournalEntry> journal)
    {
        if (journal.Count == 0)
        {
            return $"{database.Name}: no history\n";
        }

        var table = new TextTable(
            "STARTED (UTC)",
            "RUN",
            "OUTCOME",
            "MIGRATION",
            "TIME",
            "BY",
            "BINARY"
        );
        foreach (var entry in journal)
        {
            table.Add(
                Words.Of(entry.StartedAt),
                ShortRunId(entry.RunId),
                OutcomeOf(entry),
                entry.Outcome == JournalOutcome.Restored
                    ? entry.Migration.Name
                    : entry.Migration.ToString(),
                Words.Of(entry.Duration),
                $"{entry.Origin.User}@{entry.Origin.Host}",
                entry.Origin.BinaryVersion
            );
        }

        return $"{database.Name}\n\n{table.ToText()}\n{Count.Of(journal.DistinctBy(e => e.RunId).Count(), "run")}\n";
    }

    private static void WriteJson(Utf8JsonWriter json, IReadOnlyList<JournalEntry> journal) =>
        json.WriteArray(
            "entries",
            journal,
            entry =>
            {
                json.WriteNumber("id", entry.Id);
                json.WriteString("runId", entry.RunId);
                json.WriteNumber("version", entry.Migration.Version);
                json.WriteString("name", entry.Migration.Name);
                json.WriteString("direction", Words.Of(entry.Direction));
                json.WriteString("outcome", Words.Of(entry.Outcome));
                if (entry.Statement is { } statement)
                {
                    json.WriteNumber("statement", statement);
                }

                json.WriteString("checksum", entry.Checksum);
                json.WriteTime("startedAt", entry.StartedAt);
                json.WriteDuration("durationMs", entry.Duration);
                json.WriteString("host", entry.Origin.Host);
                json.WriteString("user", entry.Origin.User);
                json.WriteString("binaryVersion", entry.Origin.BinaryVersion);
                json.WriteString("fluentMigratorVersion", entry.Origin.FluentMigratorVersion);
            }
        );

    /// <summary>The end of the id: the beginning of a version 7 UUID is a clock that runs of one minute share.</summary>
    private static string ShortRunId(string runId) => runId.Length <= 8 ? runId : runId[^8..];

    private static string OutcomeOf(JournalEntry entry) =>
        entry.Outcome is JournalOutcome.Started or JournalOutcome.Executed
            ? $"{Words.Of(entry.Outcome)} statement {entry.Statement}"
            : Words.Of(entry.Outcome);
}
