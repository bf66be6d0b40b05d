using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Hosting.Output.Formats;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Output.Notes;

/// <summary>Tells on stderr what a run is doing, where people are likely to watch.</summary>
internal sealed class RunNotes(Terminal terminal, IDatabase database) : IRunObserver, IDisposable
{
    private LongWork? _step;

    private readonly CopyNotes _backup = new(terminal, "backup", TimeProvider.System);

    public void BackupProgress(long copied, long total) => _backup.Progress(copied, total);

    public void LockWait(DateTime until, string? holder) =>
        new WaitNotes(terminal).LockWait(database, until, holder);

    public void DataTaken(IReadOnlyList<DataLoss> losses) =>
        terminal.Note(string.Join("\n  ", losses.Select(l => $"{l}").Prepend("removes:")));

    public void StepStarting(MigrationId migration, Direction direction, string sql) =>
        Tell(
            $"-- {migration} {Words.Of(direction)}\n{sql}",
            $"{(direction == Direction.Up ? "applying" : "reverting")} {migration}"
        );

    public void StepTried(MigrationId migration, Direction direction, string sql) =>
        Tell(
            $"-- {migration} {Words.Of(direction)}, to see what it removes\n{sql}",
            $"checking what {(direction == Direction.Up ? "applying" : "reverting")} {migration} removes"
        );

    /// <summary>The run has ended, or waits for an answer.</summary>
    public void Dispose() => _step?.Dispose();

    private void Tell(string withSql, string step)
    {
        _step?.Dispose();
        _step = new LongWork(terminal, step, database.ReadProgress, TimeProvider.System);
        if (terminal.IsVerbose)
        {
            terminal.Note(withSql);
        }
        else if (!Console.IsErrorRedirected)
        {
            terminal.Note(step);
        }
    }
}
