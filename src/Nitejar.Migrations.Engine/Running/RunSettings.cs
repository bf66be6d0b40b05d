using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Observing;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>How a run behaves.</summary>
/// <param name="LockTimeout">How long to wait for the lock; zero does not wait.</param>
/// <param name="StatementTimeout">How long one statement or read may take; <see langword="null"/> for ever.</param>
/// <param name="Consent">What a run that is no <c>up</c> may remove; <see langword="null"/> for nothing.</param>
/// <param name="KeepRows">Whether a Down archives the rows that it drops and an Up puts archived rows back; else they are lost, or discarded.</param>
/// <param name="Backup">Where a backup goes before a run that can lose data; <see langword="null"/> for none.</param>
public sealed record RunSettings(
    TimeSpan LockTimeout,
    TimeSpan? StatementTimeout = null,
    Consent? Consent = null,
    bool KeepRows = true,
    BackupSettings? Backup = null
)
{
    /// <summary>How long a statement waits for a table before the run begins again; <see langword="null"/> for the usual time of the kind of database.</summary>
    public TimeSpan? DdlLockTimeout { get; init; }

    /// <summary>Asked before each commit.</summary>
    public ICommitGate Gate { get; init; } = OpenGate.Instance;
}
