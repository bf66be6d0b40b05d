using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.History;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.History;

/// <summary>What the archive needs to know of rows to put them back.</summary>
/// <param name="Entry">What everybody may know.</param>
/// <param name="Scope">What the rows are of their table.</param>
/// <param name="Sequence">The table's AUTOINCREMENT counter; <see langword="null"/> where it has none.</param>
internal sealed record StoredArchive(ArchiveEntry Entry, ArchiveScope Scope, long? Sequence)
{
    /// <summary>The table that holds the rows, ready to be put into SQL.</summary>
    public string Quoted => $"main.{SqliteCommands.Quote(Entry.ArchiveTable)}";
}

/// <summary>What archived rows are of their table.</summary>
internal enum ArchiveScope
{
    /// <summary>All of its rows: it was dropped.</summary>
    Table,

    /// <summary>Some of its rows: it was rebuilt without them.</summary>
    Rows,

    /// <summary>All of its rows as they were before it was rebuilt, of which nobody can tell those that are missing.</summary>
    Copy,

    /// <summary>The values of one of its columns, with their keys.</summary>
    Column,
}

/// <summary>The list of what is archived; each entry has a table of its own that holds the rows.</summary>
internal static class VersionArchiveTable
{
    public const string Name = "VersionArchive";

    /// <summary>A pattern for GLOB that the tables with the rows match, and no other table should.</summary>
    public const string RowTables = "VersionArchive_[0-9]*";

    private const string Create = """
        CREATE TABLE IF NOT EXISTS "VersionArchive" ("Id" INTEGER PRIMARY KEY AUTOINCREMENT, "RunId" TEXT NOT NULL,
            "Version" INTEGER NOT NULL, "Name" TEXT NOT NULL, "TableName" TEXT NOT NULL, "ColumnName" TEXT,
            "Scope" TEXT NOT NULL, "State" TEXT NOT NULL, "Reason" TEXT, "Rows" INTEGER NOT NULL, "Sequence" INTEGER,
            "ArchivedAt" TEXT NOT NULL)
        """;

    /// <summary>How the column Scope holds it.</summary>
    public static StoredWords<ArchiveScope> Scopes { get; } =
        new(scope =>
            scope switch
            {
                ArchiveScope.Table => "table",
                ArchiveScope.Rows => "rows",
                ArchiveScope.Copy => "copy",
                ArchiveScope.Column => "column",
                _ => throw new ArgumentOutOfRangeException(nameof(scope)),
            }
        );

    /// <summary>How the column State holds it.</summary>
    public static StoredWords<ArchiveState> States { get; } =
        new(state =>
            state switch
            {
                ArchiveState.Kept => "kept",
                ArchiveState.Waiting => "waiting",
                ArchiveState.LeftOver => "left",
                _ => throw new ArgumentOutOfRangeException(nameof(state)),
            }
        );

    /// <summary>Everything that is listed, oldest first.</summary>
    /// <exception cref="RefusedException">The table is not the migrator's, or a row of it is of a newer release.</exception>
    /// <exception cref="DatabaseUnavailableException">It lists more than any archive holds.</exception>
    public static IReadOnlyList<StoredArchive> Read(SqliteConnection connection) =>
        BoundedRead.Of(connection, Name, BoundedRead.Words, () => ReadRows(connection));

    /// <summary>Lists rows that are about to be copied, and says in which table they belong.</summary>
    public static StoredArchive Add(SqliteConnection connection, StoredArchive archive)
    {
        connection.Execute(Create);
        var entry = archive.Entry;
        connection.Execute(
            """
            INSERT INTO "VersionArchive" ("RunId", "Version", "Name", "TableName", "ColumnName", "Scope", "State",
                "Reason", "Rows", "Sequence", "ArchivedAt")
            VALUES ($run, $version, $name, $table, $column, $scope, $state, $reason, $rows, $sequence, $at)
            """,
            ("$run", entry.RunId),
            ("$version", entry.Migration.Version),
            ("$name", entry.Migration.Name),
            ("$table", entry.Table),
            ("$column", entry.Column),
            ("$scope", Scopes.Of(archive.Scope)),
            ("$state", States.Of(entry.State)),
            ("$reason", entry.Reason),
            ("$rows", entry.Rows),
            ("$sequence", archive.Sequence),
            ("$at", JournalWords.Of(entry.ArchivedAt))
        );
        var id = connection.Number("SELECT last_insert_rowid()");
        var added = archive with { Entry = entry with { Id = id } };
        return IsTaken(connection, added) ? Renumber(connection, added) : added;
    }

    /// <summary>Records what has changed of an entry.</summary>
    public static void Update(SqliteConnection connection, StoredArchive archive) =>
        connection.Execute(
            """UPDATE "VersionArchive" SET "RunId" = $run, "Scope" = $scope, "State" = $state, "Reason" = $reason, "Rows" = $rows WHERE "Id" = $id""",
            ("$run", archive.Entry.RunId),
            ("$scope", Scopes.Of(archive.Scope)),
            ("$state", States.Of(archive.Entry.State)),
            ("$reason", archive.Entry.Reason),
            ("$rows", archive.Entry.Rows),
            ("$id", archive.Entry.Id)
        );

    /// <summary>Removes an entry and the table with its rows, and the list itself with its last entry.</summary>
    public static void Remove(SqliteConnection connection, StoredArchive archive)
    {
        connection.Execute($"DROP TABLE IF EXISTS {archive.Quoted}");
        connection.Execute(
            """DELETE FROM "VersionArchive" WHERE "Id" = $id""",
            ("$id", archive.Entry.Id)
        );
        if (!connection.Any("""SELECT 1 FROM "VersionArchive" LIMIT 1"""))
        {
            connection.Execute("""DROP TABLE "VersionArchive" """);
        }
    }

    /// <summary>Removes entries that are still there.</summary>
    public static void Remove(SqliteConnection connection, IEnumerable<ArchiveEntry> entries)
    {
        var ids = entries.Select(entry => entry.Id).ToHashSet();
        foreach (var archive in Read(connection).Where(archive => ids.Contains(archive.Entry.Id)))
        {
            Remove(connection, archive);
        }
    }

    /// <summary>Whether anything was ever archived here.</summary>
    public static bool Exists(SqliteConnection connection) =>
        connection.Any(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $name",
            ("$name", Name)
        );

    private static List<StoredArchive> ReadRows(SqliteConnection connection) =>
        OwnTables.ColumnsOf(connection, Name).Count == 0
            ? []
            :
            [
                .. BoundedRead.Rows(
                    connection,
                    new RowLimit(Name, RowLimit.Held),
                    """
                    SELECT "Id", "RunId", "Version", "Name", "TableName", "ColumnName", "State", "Reason", "Rows",
                        "ArchivedAt", "Scope", "Sequence"
                    FROM "VersionArchive" ORDER BY "Id"
                    """,
                    ToArchive
                ),
            ];

    /// <summary>Whether somebody has a table of that name.</summary>
    private static bool IsTaken(SqliteConnection connection, StoredArchive archive) =>
        connection.Any(
            "SELECT 1 FROM main.sqlite_master WHERE name = $table COLLATE NOCASE",
            ("$table", archive.Entry.ArchiveTable)
        );

    private static StoredArchive Renumber(SqliteConnection connection, StoredArchive archive)
    {
        var free = archive;
        while (IsTaken(connection, free))
        {
            free = free with { Entry = free.Entry with { Id = free.Entry.Id + 1 } };
        }

        connection.Execute(
            """UPDATE "VersionArchive" SET "Id" = $free WHERE "Id" = $id""",
            ("$free", free.Entry.Id),
            ("$id", archive.Entry.Id)
        );
        return free;
    }

    private static StoredArchive ToArchive(SqliteDataReader row) =>
        new(
            new ArchiveEntry(
                row.GetInt64(0),
                row.GetString(1),
                new MigrationId(row.GetInt64(2), row.GetString(3)),
                row.GetString(4),
                row.Text(5),
                row.Word(6, Name, States),
                row.Text(7),
                row.GetInt64(8),
                JournalWords.Time(row.GetString(9))
            ),
            row.Word(10, Name, Scopes),
            row.IsDBNull(11) ? null : row.GetInt64(11)
        );
}
