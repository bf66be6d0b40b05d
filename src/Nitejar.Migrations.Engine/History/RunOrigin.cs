namespace Nitejar.Migrations.Engine.History;

/// <summary>Who and what made a run.</summary>
/// <param name="BinaryVersion">Version of the program.</param>
/// <param name="FluentMigratorVersion">Version of FluentMigrator, since another generator may write other SQL.</param>
/// <param name="Host">Machine name.</param>
/// <param name="User">Account name on that machine, or the account's number where it has no name.</param>
/// <param name="ProcessId">The process there; 0 where it is not recorded.</param>
public sealed record RunOrigin(
    string BinaryVersion,
    string FluentMigratorVersion,
    string Host,
    string User,
    int ProcessId = 0
)
{
    /// <summary>This process.</summary>
    /// <param name="binaryVersion">Version of the program that hosts the engine.</param>
    public static RunOrigin Current(string binaryVersion) =>
        new(
            binaryVersion,
            typeof(FluentMigrator.IMigration).Assembly.GetName().Version?.ToString(3) ?? "unknown",
            Environment.MachineName,
            AccountName.Current(),
            Environment.ProcessId
        );
}
