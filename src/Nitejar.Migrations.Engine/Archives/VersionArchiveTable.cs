using System.Data.Common;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.History;

namespace Nitejar.Migrations.Engine.Archives;

/// <summary>The list of what is archived; each entry has a table of its own that holds the rows.</summary>
internal static class VersionArchiveTable
{
    public const string Name = OwnNames.VersionArchive;

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
    public static IReadOnlyList<StoredArchive> Read(ISession session) =>
        session.ReadBounded(Name, BoundedRead.Words, () => ReadRows(session));

    /// <summary>Lists rows that are about to be copied, and says in which table they belong.</summary>
    public static StoredArchive Add(ISession session, StoredArchive archive)
    {
        var types = session.Dialect.Types;
        session.Execute(
            $"""
            CREATE TABLE IF NOT EXISTS {session.Dialect.Qualify(
                Name
            )} ("Id" {types.Id}, "RunId" TEXT NOT NULL,
                "Version" {types.Integer} NOT NULL, "Name" TEXT NOT NULL, "TableName" TEXT NOT NULL, "ColumnName" TEXT,
                "Scope" TEXT NOT NULL, "State" TEXT NOT NULL, "Reason" TEXT, "Rows" {types.Integer} NOT NULL, "Sequence" {types.Integer},
                "ArchivedAt" TEXT NOT NULL)
            """
        );
        var entry = archive.Entry;
        var id = session.Number(
            $"""
            INSERT INTO {session.Dialect.Qualify(
                Name
            )} ("RunId", "Version", "Name", "TableName", "ColumnName", "Scope", "State",
                "Reason", "Rows", "Sequence", "ArchivedAt")
            VALUES (@run, @version, @name, @table, @column, @scope, @state, @reason, @rows, @sequence, @at)
            RETURNING "Id"
            """,
            ("@run", entry.RunId),
            ("@version", entry.Migration.Version),
            ("@name", entry.Migration.Name),
            ("@table", entry.Table),
            ("@column", entry.Column),
            ("@scope", Scopes.Of(archive.Scope)),
            ("@state", States.Of(entry.State)),
            ("@reason", entry.Reason),
            ("@rows", entry.Rows),
            ("@sequence", archive.Sequence),
            ("@at", JournalWords.Of(entry.ArchivedAt))
        );
        var added = archive with { Entry = entry with { Id = id } };
        return IsTaken(session, added) ? Renumber(session, added) : added;
    }

    /// <summary>Records what has changed of an entry.</summary>
    public static void Update(ISession session, StoredArchive archive) =>
        session.Execute(
            $"""UPDATE {session.Dialect.Qualify(Name)} SET "RunId" = @run, "Scope" = @scope, "State" = @state, "Reason" = @reason, "Rows" = @rows WHERE "Id" = @id""",
            ("@run", archive.Entry.RunId),
            ("@scope", Scopes.Of(archive.Scope)),
            ("@state", States.Of(archive.Entry.State)),
            ("@reason", archive.Entry.Reason),
            ("@rows", archive.Entry.Rows),
            ("@id", archive.Entry.Id)
        );

    /// <summary>Removes an entry and the table with its rows, and the list itself with its last entry.</summary>
    public static void Remove(ISession session, StoredArchive archive)
    {
        session.Execute($"DROP TABLE IF EXISTS {archive.Quoted}");
        session.Execute(
            $"""DELETE FROM {session.Dialect.Qualify(Name)} WHERE "Id" = @id""",
            ("@id", archive.Entry.Id)
        );
        if (!session.Any($"SELECT 1 FROM {session.Dialect.Qualify(Name)} LIMIT 1"))
        {
            session.Execute($"DROP TABLE {session.Dialect.Qualify(Name)}");
        }
    }

    /// <summary>Removes entries that are still there.</summary>
    public static void Remove(ISession session, IEnumerable<ArchiveEntry> entries)
    {
        var ids = entries.Select(entry => entry.Id).ToHashSet();
        foreach (var archive in Read(session).Where(archive => ids.Contains(archive.Entry.Id)))
        {
            Remove(session, archive);
        }
    }

    /// <summary>Whether anything was ever archived here.</summary>
    public static bool Exists(ISession session) => session.Tables.Exists(Name);

    private static List<StoredArchive> ReadRows(ISession session) =>
        session.Own.ReadColumns(Name).Count == 0
            ? []
            :
            [
                .. BoundedRead.Rows(
                    session,
                    new RowLimit(Name, RowLimit.Held),
                    $"""
                    SELECT "Id", "RunId", "Version", "Name", "TableName", "ColumnName", "State", "Reason", "Rows",
                        "ArchivedAt", "Scope", "Sequence"
                    FROM {session.Dialect.Qualify(Name)} ORDER BY "Id"
                    """,
                    row => ToArchive(session, row)
                ),
            ];

    /// <summary>Whether an object has that name.</summary>
    private static bool IsTaken(ISession session, StoredArchive archive) =>
        session.IsTaken(archive.Entry.ArchiveTable);

    private static StoredArchive Renumber(ISession session, StoredArchive archive)
    {
        var free = archive;
        while (IsTaken(session, free))
        {
            free = free with { Entry = free.Entry with { Id = free.Entry.Id + 1 } };
        }

        session.Execute(
            $"""UPDATE {session.Dialect.Qualify(Name)} SET "Id" = @free WHERE "Id" = @id""",
            ("@free", free.Entry.Id),
            ("@id", archive.Entry.Id)
        );
        return free;
    }

    private static StoredArchive ToArchive(ISession session, DbDataReader row) =>
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
            row.IsDBNull(11) ? null : row.GetInt64(11),
            session.Dialect
        );
}
