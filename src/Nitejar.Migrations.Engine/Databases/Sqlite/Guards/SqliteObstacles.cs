using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Databases.Sqlite.Schema;
using Nitejar.Migrations.Engine.Databases.Sqlite.Sessions;
using Nitejar.Migrations.Engine.Databases.Sqlite.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Guards;

/// <summary>
/// Goes through SQL without executing it, and keeps account of the names that it makes, renames and drops, to find
/// everything that is in its way: SQLite itself stops at the first.
/// </summary>
internal sealed class SqliteObstacles
{
    private readonly SqliteConnection _connection;

    /// <summary>The kind of each object that is there by now, by its name. Triggers have names of their own.</summary>
    private readonly Dictionary<string, string> _objects = new(SqliteNames.Comparer);
    private readonly HashSet<string> _triggers = new(SqliteNames.Comparer);
    private readonly Dictionary<string, HashSet<string>> _columns = new(SqliteNames.Comparer);

    /// <summary>Of tables that the SQL makes, the columns are not known.</summary>
    private readonly HashSet<string> _made = new(SqliteNames.Comparer);
    private readonly List<Obstacle> _found = [];
    private readonly List<(int Text, string Table, string Parent)> _references = [];

    private SqliteObstacles(SqliteConnection connection)
    {
        _connection = connection;
        foreach (
            var (type, name) in connection.Query(
                "SELECT type, name FROM main.sqlite_master",
                row => (row.GetString(0), row.GetString(1))
            )
        )
        {
            Add(type, name);
        }
    }

    /// <summary>Finds what is in the way of the texts, in their order.</summary>
    public static IReadOnlyList<Obstacle> Of(
        SqliteConnection connection,
        IReadOnlyList<string> texts
    )
    {
        var obstacles = new SqliteObstacles(connection);
        for (var text = 0; text < texts.Count; text++)
        {
            foreach (var statement in SqliteDialect.Instance.Parse(texts[text]))
            {
                obstacles.Pass(text, statement);
            }
        }

        obstacles.FindMissingParents();
        return obstacles._found;
    }

    private void Pass(int text, Statement statement)
    {
        switch (statement.Kind)
        {
            case StatementKind.Additive when statement.Column is { } column:
                AddColumn(text, statement.Table!, column);
                break;

            case StatementKind.Other when statement is { Table: { } table, Column: { } column }:
                AddColumn(text, table, column);
                break;

            case StatementKind.Additive:
                Make(text, SqliteMadeObject.Of(statement.Sql));
                break;

            case StatementKind.DropTable:
                Remove(statement.Table!);
                break;

            case StatementKind.RenameTable when _objects.Remove(statement.Table!):
                Rename(statement.Table!, statement.NewName!);
                break;

            case StatementKind.DropColumn:
                ColumnsOf(statement.Table!)?.Remove(statement.Column!);
                break;

            case StatementKind.RenameColumn when ColumnsOf(statement.Table!) is { } columns:
                columns.Remove(statement.Column!);
                columns.Add(statement.NewName!);
                break;

            case StatementKind.Other when SqliteMadeObject.DroppedBy(statement.Sql) is { } name:
                _ = _objects.Remove(name) || _triggers.Remove(name);
                break;

            case StatementKind.RenameTable:
            case StatementKind.RenameColumn:
            case StatementKind.TransactionControl:
            case StatementKind.Delete:
            case StatementKind.Update:
            case StatementKind.Insert:
            case StatementKind.Other:
                break;

            default:
                throw new ArgumentOutOfRangeException(nameof(statement));
        }

        foreach (var parent in SqliteMadeObject.ParentsIn(statement))
        {
            _references.Add((text, statement.Table!, parent));
        }
    }

    private void Make(int text, SqliteMadeObject? made)
    {
        if (made is not { IsTemporary: false } found)
        {
            return;
        }

        if (IsThere(found))
        {
            if (!found.OnlyIfMissing && !_made.Contains(found.Name))
            {
                _found.Add(new Obstacle(ObstacleKind.Exists, text, $"{found.Kind} {found.Name}"));
            }

            return;
        }

        Add(found.Kind, found.Name);
        _made.Add(found.Name);
    }

    private void AddColumn(int text, string table, string column)
    {
        if (ColumnsOf(table) is { } columns && columns.Contains(column))
        {
            _found.Add(new Obstacle(ObstacleKind.Exists, text, $"column {table}.{column}"));
        }
    }

    private bool IsThere(SqliteMadeObject made) =>
        made.Kind == SqliteMadeObject.Trigger
            ? _triggers.Contains(made.Name)
            : _objects.ContainsKey(made.Name);

    private void Add(string kind, string name)
    {
        if (kind == SqliteMadeObject.Trigger)
        {
            _triggers.Add(name);
        }
        else
        {
            _objects[name] = kind;
        }
    }

    /// <summary>A table takes its indexes and triggers along.</summary>
    private void Remove(string table)
    {
        _objects.Remove(table);
        _columns.Remove(table);
        if (_made.Remove(table))
        {
            return;
        }

        foreach (
            var name in _connection.Query(
                "SELECT name FROM main.sqlite_master WHERE tbl_name = $table COLLATE NOCASE",
                row => row.GetString(0),
                ("$table", table)
            )
        )
        {
            _ = _objects.Remove(name) || _triggers.Remove(name);
        }
    }

    private void Rename(string from, string to)
    {
        _objects[to] = SqliteMadeObject.Table;
        if (_made.Remove(from))
        {
            _made.Add(to);
        }

        if (_columns.Remove(from, out var columns))
        {
            _columns[to] = columns;
        }
    }

    private HashSet<string>? ColumnsOf(string table)
    {
        if (_made.Contains(table) || !_objects.ContainsKey(table))
        {
            return null;
        }

        if (!_columns.TryGetValue(table, out var columns))
        {
            _columns[table] = columns = new(
                SqliteSchemaReader.ReadTable(_connection, table)?.Columns.Select(c => c.Name) ?? [],
                SqliteNames.Comparer
            );
        }

        return columns;
    }

    private void FindMissingParents()
    {
        foreach (var (text, table, parent) in _references)
        {
            if (_objects.ContainsKey(table) && !_objects.ContainsKey(parent))
            {
                _found.Add(
                    new Obstacle(ObstacleKind.ParentIsMissing, text, $"{table} refers to {parent}")
                );
            }
        }
    }
}
