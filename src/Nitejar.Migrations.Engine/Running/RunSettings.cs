namespace Nitejar.Migrations.Engine.Running;

/// <summary>How a run behaves.</summary>
/// <param name="LockTimeout">How long to wait for the lock; zero does not wait.</param>
/// <param name="StatementTimeout">How long one statement may take; <see langword="null"/> for ever.</param>
/// <param name="AllowDataLoss">Whether a Down may take rows away.</param>
public sealed record RunSettings(
    TimeSpan LockTimeout,
    TimeSpan? StatementTimeout = null,
    bool AllowDataLoss = false
);
