using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Running;

namespace Nitejar.Migrations.Cli.Output;

/// <summary>Tells what a run has moved into the archive and out of it.</summary>
internal static class ArchiveSummary
{
    /// <summary>A line for each kind of thing that happened; empty when nothing did.</summary>
    public static string Of(RunResult result)
    {
        if (result.Steps.All(step => step.Data == StepData.None))
        {
            return "";
        }

        var archived = result.Steps.SelectMany(step => step.Data.Archived);
        var restored = result.Steps.SelectMany(step => step.Data.Restored).ToArray();
        var left = restored.Where((rows, i) => rows.Left > 0 && !IsSettledLater(restored, i));
        var discarded = result.Steps.Sum(step => step.Data.Discarded);
        return string.Concat(
            Line(
                "kept in the archive until the next `up`: ",
                archived.Where(entry => entry.Rows > 0).Select(Of)
            ),
            Line(
                "restored: ",
                restored.Where(r => r.Rows > 0).Select(r => $"{r.Name} ({Count.Of(r.Rows, "row")})")
            ),
            Line(
                "left in the archive: ",
                left.Select(r => $"{r.Name} ({Count.Of(r.Left, "row")}: {r.Reason})")
            ),
            Line("discarded from the archive: ", discarded > 0 ? [Count.Of(discarded, "row")] : [])
        );
    }

    /// <summary><c>table (12 rows)</c> or <c>table.column (12 rows)</c>.</summary>
    public static string Of(ArchiveEntry entry) =>
        $"{NameOf(entry.Table, entry.Column)} ({Count.Of(entry.Rows, "row")})";

    /// <summary><c>table</c> or <c>table.column</c>.</summary>
    public static string NameOf(string table, string? column) =>
        column is null ? table : $"{table}.{column}";

    /// <summary>Whether rows that had to wait were put back, or tried again, by a later step of the run.</summary>
    private static bool IsSettledLater(RestoredRows[] restored, int index) =>
        restored[index].AreWaiting
        && restored
            .Skip(index + 1)
            .Any(later =>
                (later.Table, later.Column) == (restored[index].Table, restored[index].Column)
            );

    private static string Line(string heading, IEnumerable<string> items)
    {
        var text = string.Join(", ", items);
        return text.Length == 0 ? "" : $"{heading}{text}\n";
    }
}
