using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Schema.Declarations;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Schema;

/// <summary>Reads virtual tables. Only the module can tell their columns.</summary>
internal static class SqliteVirtualTable
{
    /// <exception cref="RefusedException">A table has the name of the function that is asked.</exception>
    public static Table Read(SqliteConnection connection, SqliteObject table)
    {
        SqliteOwnTables.RequireFunctions(connection);
        var (columns, unreadable) = ReadColumns(connection, table.Name);
        var traits = new TableTraits(TableKind.Virtual)
        {
            Module = SqliteNormalForm.Statement(ModuleOf(table.Sql)),
        };
        return new Table(new ObjectName(null, table.Name), traits, columns, table.Sql)
        {
            Unreadable = unreadable,
        };
    }

    /// <summary>Returns the tables that the virtual tables of a database made: only the modules know which they are.</summary>
    public static HashSet<string> ReadShadows(
        SqliteConnection connection,
        List<SqliteObject> virtualTables
    ) =>
        virtualTables.Count == 0
            ? []
            : new(
                connection.Query(
                    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'",
                    row => row.GetString(0)
                ),
                SqliteNames.Comparer
            );

    private static (IReadOnlyList<Column> Columns, string? Unreadable) ReadColumns(
        SqliteConnection connection,
        string table
    )
    {
        try
        {
            return (
                connection.Query(
                    "SELECT name, type, \"notnull\" FROM pragma_table_xinfo($table, 'main') WHERE hidden <> 1 ORDER BY cid",
                    row => new Column(
                        row.GetString(0),
                        SqliteTypes.TypeOf(row.GetString(1), isStrict: false),
                        !row.GetBoolean(2)
                    ),
                    ("$table", table)
                ),
                null
            );
        }
        catch (SqliteException e)
            when (e.SqliteErrorCode == raw.SQLITE_ERROR && !SqliteErrors.IsInterrupt(e))
        {
            // The module is not loaded, or rejects its own tables. All other tables can still be read.
            return ([], SqliteErrors.Words(e));
        }
    }

    /// <summary>Returns the text after USING.</summary>
    private static string ModuleOf(string sql)
    {
        var cursor = new SqliteCursor(sql);
        while (!cursor.AtEnd && !cursor.Skip("USING"))
        {
            cursor.Pass();
        }

        var from = cursor.Start;
        while (!cursor.AtEnd)
        {
            cursor.Pass();
        }

        return cursor.TextFrom(from).ToString();
    }
}
