using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives;

/// <summary>The table that holds the rows of one archive entry.</summary>
internal static class ArchivedRows
{
    /// <summary>The archive table; <see langword="null"/> if it was dropped manually.</summary>
    public static StoredTable? TableOf(ISession session, StoredArchive archive) =>
        session.Tables.Find(archive.Entry.ArchiveTable);

    /// <summary>Its columns, named as in the table that they came from; empty where it is gone.</summary>
    public static IReadOnlyList<string> ColumnsOf(ISession session, StoredArchive archive) =>
        TableOf(session, archive)?.Columns ?? [];

    /// <summary>Gives its columns the types of the table that its rows belong to, where both are there.</summary>
    public static void TakeTypes(ISession session, StoredArchive archive)
    {
        if (
            TableOf(session, archive) is { } store
            && session.Tables.Find(archive.Entry.Table) is { } table
        )
        {
            session.Rows.TakeTypes(store, table);
        }
    }

    /// <summary>How many rows it holds.</summary>
    public static long Count(ISession session, StoredArchive archive) =>
        session.Number($"SELECT count(*) FROM {archive.Quoted}");

    /// <summary>Whether the columns hold all of these.</summary>
    public static bool Have(
        ISession session,
        IReadOnlyList<string> columns,
        IEnumerable<string> wanted
    ) => wanted.All(column => columns.Contains(column, session.Dialect.Names));

    /// <summary>The condition that row <c>a</c> of the archive and row <c>t</c> of the table have the same key.</summary>
    /// <remarks>The table's columns stand first, so that their index and collation count. As a row value, since AND would nest as deep as the table is wide.</remarks>
    public static string SameKey(IDialect dialect, IReadOnlyList<string> key) =>
        dialect.AreSameKey(RowOf(key, "t."), RowOf(key, "a."));

    /// <summary>The condition that both have the same values there, and not only what a collation takes for the same.</summary>
    public static string SameValues(IDialect dialect, IReadOnlyList<string> columns) =>
        dialect.AreSameValues(Quoted(columns, "t."), Quoted(columns, "a."));

    /// <summary>The condition that none of these columns is NULL in row <c>a</c>.</summary>
    public static string IsComplete(IReadOnlyList<string> key) =>
        string.Join(" AND ", key.Select(column => $"a.{Identifier.Quote(column)} IS NOT NULL"));

    /// <summary>Executes a statement for all rows <c>a</c> of the archive, without those that do not fit.</summary>
    /// <param name="session">The session of the run.</param>
    /// <param name="archive">The rows.</param>
    /// <param name="sql">Makes the statement with one more condition.</param>
    /// <returns>How many rows of the table it made or changed.</returns>
    public static long ForThoseThatFit(
        ISession session,
        StoredArchive archive,
        Func<string, string> sql
    ) => TableOf(session, archive) is { } store ? session.Rows.ForThoseThatFit(store, sql) : 0;

    private static string[] Quoted(IReadOnlyList<string> columns, string prefix) =>
        [.. columns.Select(column => prefix + Identifier.Quote(column))];

    private static string RowOf(IReadOnlyList<string> columns, string prefix) =>
        $"({StoredTable.List(columns, prefix)})";
}
