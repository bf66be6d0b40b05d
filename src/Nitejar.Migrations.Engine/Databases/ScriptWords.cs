namespace Nitejar.Migrations.Engine.Databases;

/// <summary>How a script for a reviewer is written for one kind of database.</summary>
/// <param name="Database">The name of the kind.</param>
/// <param name="CreateVersionInfo">The statements that make VersionInfo where it is missing.</param>
/// <param name="VersionInfo">That table, ready to be put into SQL.</param>
/// <param name="Now">The expression for the time in UTC.</param>
internal sealed record ScriptWords(
    string Database,
    string CreateVersionInfo,
    string VersionInfo,
    string Now
);
