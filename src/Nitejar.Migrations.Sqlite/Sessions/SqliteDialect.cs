using System.Data.Common;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Schema;
using Nitejar.Migrations.Sqlite.Sql;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Sessions;

/// <summary>SQLite's SQL.</summary>
/// <param name="versionTable">The table of applied versions. Its schema is not read: a file has none.</param>
internal sealed class SqliteDialect(VersionTable versionTable) : IDialect
{
    /// <summary>How people find out what is wrong with a damaged database.</summary>
    public const string Inspecting =
        "Look at it with `PRAGMA integrity_check` in the sqlite3 program";

    public VersionTable VersionTable => versionTable;

    public string Name => "sqlite";

    public string Shell => "the sqlite3 program";

    public string Inspection => Inspecting;

    public IEqualityComparer<string> Names => SqliteNames.Comparer;

    public string QualifiedVersionTable => QualifyMain(versionTable.Name);

    /// <summary>An index is made without a schema before its table.</summary>
    public string ScriptedVersionTable => Identifier.Quote(versionTable.Name);

    public HistoryTypes Types { get; } =
        new(
            "INTEGER PRIMARY KEY AUTOINCREMENT",
            "INTEGER",
            "REAL",
            Arrival: "rowid",
            Now: "CURRENT_TIMESTAMP"
        )
        {
            AppliedOn = "DATETIME",
            Description = "TEXT",
        };

    public string OrIgnore => " OR IGNORE";

    public string WithOwnNumbers => "";

    public string Qualify(string table) => QualifyMain(table);

    /// <inheritdoc cref="IDialect.Qualify"/>
    public static string QualifyMain(string table) => $"main.{Identifier.Quote(table)}";

    public string QualifyTemporary(string table) => $"temp.{Identifier.Quote(table)}";

    public string Exactly(string value) => $"{value} COLLATE BINARY";

    public string AllValues(string row) => $"{row}.*";

    /// <summary>The query may have an order, a limit and a semicolon of its own.</summary>
    public string CreateFrom(string table, string query) => $"CREATE TABLE {table} AS {query}";

    /// <summary>No expression of SQLite changes anything, and one that varies is the value of no row.</summary>
    public bool IsConstant(string value) => true;

    public string AreSameValues(IReadOnlyList<string> left, IReadOnlyList<string> right) =>
        $"({string.Join(", ", left.Select(Exactly))}) IS NOT DISTINCT FROM ({string.Join(", ", right.Select(Exactly))})";

    /// <summary>Keys may hold NULL.</summary>
    public string AreSameKey(string left, string right) => $"{left} IS NOT DISTINCT FROM {right}";

    /// <summary>The plus takes collation and affinity away from the value, so that those of the parent count.</summary>
    public string AsReference(string value) => $"+{value}";

    public IReadOnlyList<Statement> Parse(string sql) =>
        [
            .. SqliteStatements
                .Split(sql)
                .Select(text => SqliteStatement.Parse(text.Sql) with { Line = text.Line }),
        ];

    public void AddWords(string sql, ISet<string> words) => SqliteStatement.AddWords(sql, words);

    public string? CountQuery(Statement statement) => SqliteCountQuery.Of(statement);

    public bool IsAboutNames(DbException error) =>
        error is SqliteException { SqliteErrorCode: raw.SQLITE_ERROR };
}
