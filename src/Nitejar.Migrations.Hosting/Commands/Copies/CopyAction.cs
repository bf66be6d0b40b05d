using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Output.Notes;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Copies;

/// <summary>Copies while signals are heard.</summary>
internal static class CopyAction
{
    /// <summary>Gives the work a control that signals cancel.</summary>
    /// <exception cref="InterruptedException">A signal ended it.</exception>
    /// <param name="context">The command's.</param>
    /// <param name="target">The database and how to wait for it.</param>
    /// <param name="copy">The work.</param>
    public static T Run<T>(
        CommandContext context,
        CopyTarget target,
        Func<CopyControl, Signals, T> copy
    )
    {
        using var signals = new Signals(interrupted =>
            ErrorReport.Write(context.Terminal, interrupted)
        );
        using var notes = new RunNotes(context.Terminal, target.Database);
        try
        {
            return copy(
                new CopyControl(
                    target.Settings.LockTimeout,
                    notes.LockWait,
                    notes.BackupProgress,
                    signals.Token
                )
                {
                    OnReplacing = signals.Committing,
                },
                signals
            );
        }
        catch (OperationCanceledException)
        {
            throw signals.ToFailure();
        }
    }
}
