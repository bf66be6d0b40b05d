using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Hosting.Output.Formats;

namespace Nitejar.Migrations.Hosting.Output;

/// <summary>Says what a restore would do, and what one has done.</summary>
internal static class RestoreReport
{
    /// <summary>What is there now beside what would be.</summary>
    public static string ToText(RestorePreview preview, DateTime utcNow)
    {
        var age =
            $"The backup was made {Words.Of(preview.MadeAt)} UTC, {Words.OfAge(utcNow - preview.MadeAt)}.\n";
        var now = preview.Now?.Tables.ToDictionary(t => t.Table, t => t.Rows) ?? [];
        var then = preview.Then.Tables.ToDictionary(t => t.Table, t => t.Rows);
        var table = new TextTable("", "NOW", "THEN");
        table.Add(
            "applied migrations",
            preview.Now is { } content ? Number(content.Versions.Count) : "?",
            Number(preview.Then.Versions.Count)
        );
        table.Add("newest of them", Newest(preview.Now), Newest(preview.Then));
        foreach (var name in now.Keys.Union(then.Keys).Order(StringComparer.Ordinal))
        {
            table.Add($"rows of {name}", Rows(now, name), Rows(then, name));
        }

        return preview.Damage is { } damage
            ? $"{age}{damage} It would be moved aside.\n{table.ToText()}"
            : age + table.ToText();
    }

    public static void Write(Terminal terminal, IDatabase database, RestoreResult result)
    {
        foreach (var warning in result.Warnings)
        {
            terminal.Warn(warning);
        }

        if (!terminal.IsJson)
        {
            terminal.Answer(
                $"{database.Name}\n\n{Kept(result)}{Words.OfBytes(result.Bytes)} of {Words.Of(result.MadeAt)} UTC restored in {Words.Of(result.Duration)}\n"
            );
            return;
        }

        JsonAnswer.Write(
            terminal,
            Ending.Success,
            json =>
            {
                json.WriteString("backup", result.Backup);
                json.WriteTime("madeAt", result.MadeAt);
                json.WriteString("movedAside", result.MovedAside);
                json.WriteNumber("bytes", result.Bytes);
                json.WriteDuration("durationMs", result.Duration);
                json.WriteArray("warnings", result.Warnings);
            }
        );
    }

    private static string Kept(RestoreResult result) =>
        (result.Backup is { } backup ? $"backup: {backup}\n" : "")
        + (result.MovedAside is { } aside ? $"the damaged database is now {aside}\n" : "");

    private static string Newest(DatabaseContent? content) =>
        content is { Versions: [.., var newest] } ? newest : "-";

    private static string Rows(Dictionary<string, long> rows, string table) =>
        rows.TryGetValue(table, out var count) ? Number(count) : "-";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
