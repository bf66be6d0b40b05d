using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Sqlite.Schema;

/// <summary>Rows of SQLite's schema table, each list in the order of names.</summary>
internal sealed class SqliteObjects
{
    private readonly Dictionary<string, List<SqliteObject>> _parts = new(SqliteNames.Comparer);

    public List<SqliteObject> Tables { get; } = [];

    public List<SqliteObject> Views { get; } = [];

    /// <summary>Whether SQLite would read one of them in place of a pragma function.</summary>
    public bool HaveNameOfFunction => Tables.Exists(IsFunction) || Views.Exists(IsFunction);

    /// <summary>Reads rows of type, name, tbl_name and sql. Rows without a statement are indexes of keys, which the table's statement makes.</summary>
    public static SqliteObjects Read(
        SqliteConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    )
    {
        var objects = new SqliteObjects();
        _ = connection.Query(
            sql,
            row =>
            {
                if (row.Text(3) is { } statement)
                {
                    objects.Add(
                        new SqliteObject(row.GetString(0), row.GetString(1), statement),
                        row.GetString(2)
                    );
                }

                return true;
            },
            parameters
        );
        objects.Sort();
        return objects;
    }

    /// <summary>The indexes of a table.</summary>
    public List<SqliteObject> IndexesOf(string table) => PartsOf(table, "index");

    /// <summary>The triggers of a table or view.</summary>
    public List<SqliteObject> TriggersOf(string table) => PartsOf(table, "trigger");

    private List<SqliteObject> PartsOf(string table, string type) =>
        _parts.TryGetValue(table, out var parts) ? parts.FindAll(part => part.Type == type) : [];

    /// <summary>Sorts by name as SQLite would, which would carry all statements along.</summary>
    private void Sort()
    {
        Tables.Sort(ByName);
        Views.Sort(ByName);
        foreach (var parts in _parts.Values)
        {
            parts.Sort(ByName);
        }
    }

    private static int ByName(SqliteObject one, SqliteObject other) =>
        string.CompareOrdinal(one.Name, other.Name);

    private static bool IsFunction(SqliteObject found) =>
        found.Name.StartsWith(SqliteOwnTables.FunctionPrefix, StringComparison.OrdinalIgnoreCase);

    private void Add(SqliteObject found, string table)
    {
        if (found.Type == "table")
        {
            Tables.Add(found);
        }
        else if (found.Type == "view")
        {
            Views.Add(found);
        }
        else if (_parts.TryGetValue(table, out var parts))
        {
            parts.Add(found);
        }
        else
        {
            _parts.Add(table, [found]);
        }
    }
}
