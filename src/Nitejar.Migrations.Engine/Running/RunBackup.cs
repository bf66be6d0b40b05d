using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Transactions;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>The backup before a run that can lose data. It is taken under the run's lock, so nothing comes between.</summary>
internal sealed class RunBackup(IDatabase database, RunContext run, CancellationToken cancellation)
{
    private BackupResult? _taken;
    private bool _isTried;

    /// <summary>
    /// Whether the run is to be tried without a backup first, since the copy would be for nothing: it drops rows, which
    /// nobody has allowed, or has other steps than those that were allowed, and will be refused.
    /// </summary>
    public bool AwaitsConsent(
        MigrationRequest request,
        PreparedPlan prepared,
        MigrationTransaction transaction
    ) =>
        !_isTried
        && run.Settings.Backup is not null
        && (
            !run.Consent.MayCover(prepared.Plan)
            || (
                run.Consent == Consent.NotGiven
                && request is DownRequest
                && DropsRows(prepared, transaction)
            )
        );

    /// <summary>The run was tried, and takes nothing away after all: now it begins in earnest.</summary>
    public void Tried() => _isTried = true;

    /// <summary>Takes it where there is something to lose, before the first part of the run.</summary>
    /// <exception cref="DatabaseUnavailableException">It could not be made.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void TakeOnce(PreparedPlan prepared, MigrationTransaction transaction)
    {
        if (_taken is null)
        {
            _taken = Take(prepared, transaction);
            run.Progress.BackedUp(_taken);
            if (_taken?.Warning is { } notChecked)
            {
                run.Progress.Warn([notChecked]);
            }
        }
    }

    /// <summary>The run has succeeded: older ones may go. That they cannot does not change the outcome of the run.</summary>
    public void Prune()
    {
        if (_taken is null)
        {
            return;
        }

        try
        {
            run.Progress.Warn(database.Copies!.Prune(run.Settings.Backup!, _taken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            run.Progress.Warn([$"Old backups could not be removed: {e.Message}"]);
        }
    }

    /// <summary>The run has failed. Where that left the database as it was, there is nothing that the backup would be for.</summary>
    public void DiscardUnlessNeeded()
    {
        if (_taken is not null && run.Progress.PartialState is null && IsReadable())
        {
            LeftOver.Remove(_taken.Path);
            run.Progress.BackedUp(null);
        }
    }

    /// <summary>A reader of a database undoes what a failed writer left of a run. On a failing disk that may be impossible.</summary>
    private bool IsReadable()
    {
        try
        {
            using var reader = database.OpenReader(TimeSpan.Zero);
            _ = reader?.ReadApplied();
            return reader is not null;
        }
        catch (LockTimeoutException)
        {
            // Who holds it has read it.
            return true;
        }
        catch (MigrateException)
        {
            return false;
        }
    }

    private BackupResult? Take(PreparedPlan prepared, MigrationTransaction transaction) =>
        run.Settings.Backup is { } backup
        && database.Copies is { } source
        && transaction.HoldsRows()
        && CanLoseRows(prepared, transaction)
            ? source.BackUp(
                backup,
                new CopyControl(
                    run.Settings.LockTimeout,
                    run.Observer.LockWait,
                    run.Observer.BackupProgress,
                    cancellation
                )
            )
            : null;

    private static bool DropsRows(PreparedPlan prepared, MigrationTransaction transaction) =>
        prepared.Steps.Any(step => transaction.PreviewLosses(step.Statements.All).Count > 0);

    /// <summary>Of a script that is not known yet, it is not known either.</summary>
    private static bool CanLoseRows(PreparedPlan prepared, MigrationTransaction transaction) =>
        prepared.Steps.Any(step => step.MayDiffer || step.Script.RunsCode)
        || transaction.CanLoseRows([.. prepared.Steps.SelectMany(step => step.Statements.All)]);
}
