using Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>The tables that are SQLite's or the migrator's own.</summary>
internal static class OwnTables
{
    /// <summary>The condition that the column <c>name</c> of sqlite_master names none of them.</summary>
    public const string Excluded =
        @"name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name NOT IN ('"
        + VersionInfoTable.Name
        + "', '"
        + VersionJournalTable.Name
        + "', '"
        + VersionArchiveTable.Name
        + "') AND name NOT GLOB '"
        + VersionArchiveTable.RowTables
        + "'";
}
