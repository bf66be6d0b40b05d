using System.Diagnostics;
using Nitejar.Migrations.Engine.Databases.Waits;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Running.Transactions;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>
/// Whether a migration without a transaction was interrupted or is being run at this moment: between its statements
/// nobody holds the database's lock.
/// </summary>
internal static class RunningElsewhere
{
    /// <summary>Whether the process that began it is alive on this machine. Of other machines nothing is known: no.</summary>
    public static bool IsAlive(InterruptedMigration? interrupted) =>
        interrupted is { Origin: { ProcessId: > 0 } origin }
        && origin.Host == Environment.MachineName
        && origin.ProcessId != Environment.ProcessId
        && Exists(origin.ProcessId);

    /// <summary>What another run is between the statements of, where the lock of this one does not keep it from that; else <see langword="null"/>.</summary>
    public static InterruptedMigration? Between(
        MigrationTransaction transaction,
        MigrationHistory history
    ) =>
        !transaction.HoldsLockBetweenTransactions && IsAlive(history.Interrupted)
            ? history.Interrupted
            : null;

    /// <summary>Why a run has to wait for the process.</summary>
    public static WaitReason ReasonToWait(InterruptedMigration running) =>
        new(
            () => $"process {running.Origin.ProcessId} (running {running.Migration})",
            () =>
                new LockTimeoutException(
                    $"Process {running.Origin.ProcessId} is running {running.Migration}, which has no transaction, and did not end in time.",
                    "Wait for the other run to end, or allow more time with --lock-timeout."
                )
        );

    private static bool Exists(int processId)
    {
        try
        {
            // A number may have been given to another program by now.
            using var found = Process.GetProcessById(processId);
            using var self = Process.GetCurrentProcess();
            return found.ProcessName == self.ProcessName && !HasEnded(processId);
        }
        catch (Exception e)
            when (e is ArgumentException or InvalidOperationException or IOException)
        {
            return false;
        }
    }

    /// <summary>Whether only its entry is left, which on Linux stays until the parent asks; in a container that may be never.</summary>
    private static bool HasEnded(int processId)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        // The name, which may have any characters, ends with the last parenthesis; the state follows.
        var status = File.ReadAllText($"/proc/{processId}/stat");
        return status.AsSpan(status.LastIndexOf(')') + 1).TrimStart() is ['Z' or 'X', ..];
    }
}
