using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Running;

namespace Nitejar.Migrations.Hosting.Output;

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

        var archived = StillArchived(result.Steps);
        var restored = result.Steps.SelectMany(step => step.Data.Restored).ToArray();
        var left = restored.Where((rows, i) => rows.Left > 0 && !IsSettledLater(restored, i));
        var discarded = result.Steps.Sum(step => step.Data.Discarded);
        return string.Concat(
            Line(
                "kept in the archive until the next `up`: ",
                archived.Select(kept => $"{kept.Name} ({Count.Of(kept.Rows, "row")})")
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

    /// <summary>What is in the archive when the run has ended: a `redo` restores what it has archived.</summary>
    private static IEnumerable<(string Name, long Rows)> StillArchived(
        IReadOnlyList<StepResult> steps
    )
    {
        var entries = steps.SelectMany((step, at) => step.Data.Archived.Select(e => (at, e)));
        foreach (var (at, entry) in entries)
        {
            var rows =
                entry.Rows
                - steps
                    .Skip(at + 1)
                    .SelectMany(later => later.Data.Restored)
                    .Where(back => (back.Table, back.Column) == (entry.Table, entry.Column))
                    .Sum(back => back.Rows);
            if (rows > 0)
            {
                yield return (NameOf(entry.Table, entry.Column), rows);
            }
        }
    }

    /// <summary>Whether rows that had to wait were restored, or tried again, by a later step of the run.</summary>
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
