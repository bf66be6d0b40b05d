using System.Text.Json;
using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Hosting.Output.Formats;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Output;

/// <summary>Shows archived rows: which there are, or which were purged.</summary>
internal static class ArchiveView
{
    /// <summary>Shows what there is.</summary>
    public static void WriteList(
        Terminal terminal,
        IDatabase database,
        IReadOnlyList<ArchiveEntry> entries
    ) => Write(terminal, ToText(database, entries), entries);

    /// <summary>Shows what was removed.</summary>
    public static void WritePurged(
        Terminal terminal,
        IDatabase database,
        IReadOnlyList<ArchiveEntry> entries
    ) =>
        Write(
            terminal,
            entries.Count == 0
                ? $"{database.Name}: nothing to purge\n"
                : $"{database.Name}: purged {string.Join(", ", entries.Select(ArchiveSummary.Of))}\n",
            entries
        );

    private static void Write(Terminal terminal, string text, IReadOnlyList<ArchiveEntry> entries)
    {
        if (terminal.IsJson)
        {
            JsonAnswer.Write(terminal, Ending.Success, json => WriteJson(json, entries));
        }
        else
        {
            terminal.Answer(text);
        }
    }

    private static string ToText(IDatabase database, IReadOnlyList<ArchiveEntry> entries)
    {
        if (entries.Count == 0)
        {
            return $"{database.Name}: the archive is empty\n";
        }

        var table = new TextTable("STATE", "MIGRATION", "OF", "ROWS", "ARCHIVED (UTC)", "IN TABLE");
        foreach (var entry in entries)
        {
            table.Add(
                entry.State == ArchiveState.LeftOver ? "left over" : Words.Of(entry.State),
                entry.Migration.ToString(),
                ArchiveSummary.NameOf(entry.Table, entry.Column),
                entry.Rows.ToString(CultureInfo.InvariantCulture),
                Words.Of(entry.ArchivedAt),
                entry.ArchiveTable
            );
        }

        var reasons = string.Concat(
            entries
                .Where(entry => entry.Reason is not null)
                .Select(entry =>
                    $"{entry.ArchiveTable} {(entry.State == ArchiveState.Waiting ? "waits" : "was left over")}: {entry.Reason}\n"
                )
        );
        return $"{database.Name}\n\n{table.ToText()}{(reasons.Length == 0 ? "" : "\n" + reasons)}";
    }

    private static void WriteJson(Utf8JsonWriter json, IReadOnlyList<ArchiveEntry> entries) =>
        json.WriteArray(
            "archives",
            entries,
            entry =>
            {
                json.WriteNumber("id", entry.Id);
                json.WriteNumber("version", entry.Migration.Version);
                json.WriteString("name", entry.Migration.Name);
                json.WriteString("table", entry.Table);
                json.WriteString("column", entry.Column);
                json.WriteNumber("rows", entry.Rows);
                json.WriteString("state", Words.Of(entry.State));
                json.WriteString("reason", entry.Reason);
                json.WriteTime("archivedAt", entry.ArchivedAt);
                json.WriteString("archiveTable", entry.ArchiveTable);
                json.WriteString("runId", entry.RunId);
            }
        );
}
