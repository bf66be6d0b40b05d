using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Observing;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>What all parts of one run share.</summary>
/// <param name="Origin">Who and what runs it.</param>
/// <param name="Settings">How it behaves.</param>
/// <param name="Observer">Hears what happens.</param>
/// <param name="Progress">Keeps count.</param>
internal sealed record RunContext(
    Func<RunOrigin> Origin,
    RunSettings Settings,
    IRunObserver Observer,
    RunProgress Progress
)
{
    /// <summary>What it may remove.</summary>
    public required Consent Consent { get; init; }

    /// <summary>How long it waits for what.</summary>
    public TransactionSettings Waits { get; } =
        new(Settings.LockTimeout, Settings.StatementTimeout, Observer.LockWait)
        {
            DdlLockTimeout = Settings.DdlLockTimeout,
        };
}
