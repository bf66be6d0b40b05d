using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Connections;

/// <summary>
/// What SQLite itself can do against a hostile file. See "Defense Against The Dark Arts" (sqlite.org/security.html).
/// None of it touches the file, and all of it together takes some microseconds.
/// </summary>
/// <remarks>
/// A run has the first part alone, since the SQL of a migration is what it is there for: SQLite's manual tells how to
/// change a table with <c>PRAGMA writable_schema</c>, which a defensive connection ignores, and a schema that is not
/// trusted may not use the functions of fts5 (<c>highlight</c>, <c>bm25</c>), so that a view with one would be broken.
/// A run's connection has no functions or modules of an application's that a schema could call.
/// </remarks>
internal static class SqliteDefenses
{
    /// <summary>A pragma: the cells of a page have to lie inside it, which is checked when it is read.</summary>
    public const string CheckCells = "PRAGMA cell_size_check=ON";

    /// <summary>
    /// What nothing needs that only reads. What SQLite parses with the schema (columns, depth of expressions, compound
    /// SELECTs, arguments) has SQLite's own defaults: with less, a database that an application could write could not
    /// be read. They are set all the same, so that a library that was built with more does not take more.
    /// </summary>
    private static readonly (int Limit, int Value)[] Limits =
    [
        // A table of 2,000 columns, SQLite's most, with 500 bytes for each. Its manual advises 100,000.
        (raw.SQLITE_LIMIT_SQL_LENGTH, 1_000_000),
        (raw.SQLITE_LIMIT_COLUMN, 2_000),
        (raw.SQLITE_LIMIT_EXPR_DEPTH, 1_000),
        (raw.SQLITE_LIMIT_COMPOUND_SELECT, 500),
        (raw.SQLITE_LIMIT_FUNCTION_ARG, 1_000),
        // The migrator's own patterns have 20 characters, and its statements some 20 variables.
        (raw.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000),
        (raw.SQLITE_LIMIT_VARIABLE_NUMBER, 100),
        // Who reads attaches no file and fires no trigger.
        (raw.SQLITE_LIMIT_ATTACHED, 0),
        (raw.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    ];

    /// <summary>For a connection that executes no SQL of migrations but what they ask while they are evaluated.</summary>
    public static void RaiseToRead(SqliteConnection connection)
    {
        var database = connection.Handle;
        _ = raw.sqlite3_db_config(database, raw.SQLITE_DBCONFIG_DEFENSIVE, 1, out _);
        _ = raw.sqlite3_db_config(database, raw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, out _);
        foreach (var (limit, value) in Limits)
        {
            _ = raw.sqlite3_limit(database, limit, value);
        }
    }
}
