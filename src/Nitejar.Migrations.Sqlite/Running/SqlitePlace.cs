using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Sqlite.Running;

/// <summary>What people call a database, and where its history is.</summary>
/// <param name="name">A path, as it was given.</param>
/// <param name="versionTable">The table of applied versions.</param>
internal sealed class SqlitePlace(string name, VersionTable versionTable)
{
    public string Name => name;

    public VersionTable VersionTable => versionTable;
}
