using Nitejar.Migrations.Cli.Configuration;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sqlite;

namespace Nitejar.Migrations.Cli.Commands;

/// <summary>Copies while signals are heard.</summary>
internal static class Interruptible
{
    /// <summary>Gives the work a control that signals cancel.</summary>
    /// <exception cref="InterruptedException">A signal ended it.</exception>
    public static T Copy<T>(
        CommandContext context,
        Settings settings,
        SqliteDatabase database,
        Func<CopyControl, T> copy
    )
    {
        using var signals = new Signals();
        var notes = new RunNotes(context.Terminal, database);
        try
        {
            return copy(
                new CopyControl(
                    settings.LockTimeout,
                    notes.LockWait,
                    notes.BackupProgress,
                    signals.Token
                )
            );
        }
        catch (OperationCanceledException)
        {
            throw signals.ToFailure();
        }
    }
}
