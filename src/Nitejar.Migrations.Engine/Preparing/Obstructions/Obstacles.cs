using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Preparing.Obstructions;

/// <summary>
/// Goes through SQL without executing it, and keeps account of the names that it makes, renames and drops, to find
/// everything that is in its way: a database itself stops at the first.
/// </summary>
internal sealed class Obstacles
{
    private readonly ISession _session;

    /// <summary>The objects that are there by now, by their names. Triggers have names of their own.</summary>
    private readonly Dictionary<string, NamedObject> _objects;
    private readonly Dictionary<string, NamedObject> _triggers;
    private readonly Dictionary<string, HashSet<string>> _columns;

    /// <summary>Of tables that the SQL makes, the columns are not known.</summary>
    private readonly HashSet<string> _made;
    private readonly List<Obstacle> _found = [];
    private readonly List<(int Step, string Table, string Parent)> _references = [];

    private Obstacles(ISession session)
    {
        var names = session.Dialect.Names;
        _session = session;
        _objects = new(names);
        _triggers = new(names);
        _columns = new(names);
        _made = new(names);
        foreach (var found in session.Tables.ReadObjects())
        {
            AllOf(found.Kind)[found.Name] = found;
        }
    }

    /// <summary>Finds what is in the way of the statements of steps, in their order.</summary>
    public static IReadOnlyList<Obstacle> Of(ISession session, IEnumerable<StepStatements> steps)
    {
        var obstacles = new Obstacles(session);
        var step = 0;
        foreach (var statements in steps)
        {
            foreach (var effect in statements.All.SelectMany(statement => statement.Effects))
            {
                obstacles.Pass(step, effect);
            }

            step++;
        }

        obstacles.FindMissingParents();
        return obstacles._found;
    }

    private void Pass(int step, Effect effect)
    {
        switch (effect.Kind)
        {
            case EffectKind.MakeTable:
            case EffectKind.MakeIndex:
            case EffectKind.MakeView:
            case EffectKind.MakeTrigger:
                Make(step, effect);
                break;

            case EffectKind.AddColumn:
                AddColumn(step, effect.Name, effect.Column!);
                break;

            case EffectKind.Refer:
                _references.Add((step, effect.Name, effect.Table!.Name));
                break;

            case EffectKind.DropTable:
                Remove(effect.Name);
                break;

            case EffectKind.DropObject:
                _ = _objects.Remove(effect.Name) || _triggers.Remove(effect.Name);
                break;

            case EffectKind.RenameTable when _objects.Remove(effect.Name):
                Rename(effect.Name, effect.NewName!);
                break;

            case EffectKind.DropColumn:
                ColumnsOf(effect.Name)?.Remove(effect.Column!);
                break;

            case EffectKind.RenameColumn when ColumnsOf(effect.Name) is { } columns:
                columns.Remove(effect.Column!);
                columns.Add(effect.NewName!);
                break;

            case EffectKind.AlterObject:
            case EffectKind.RenameTable:
            case EffectKind.RenameColumn:
            case EffectKind.Insert:
            case EffectKind.Update:
            case EffectKind.Delete:
                break;

            default:
                throw new ArgumentOutOfRangeException(nameof(effect));
        }
    }

    private void Make(int step, Effect effect)
    {
        if (effect.IsTemporary)
        {
            return;
        }

        var objects = AllOf(effect.Kind);
        if (!objects.ContainsKey(effect.Name))
        {
            var table = effect.Table?.Name ?? effect.Name;
            objects[effect.Name] = new NamedObject(effect.Kind, effect.Name, table);
            _made.Add(effect.Name);
        }
        else if (!effect.OnlyIfMissing && !_made.Contains(effect.Name))
        {
            var name = $"{WordOf(effect.Kind)} {effect.Name}";
            _found.Add(new Obstacle(ObstacleKind.Exists, step, name));
        }
    }

    private void AddColumn(int step, string table, string column)
    {
        if (ColumnsOf(table) is { } columns && columns.Contains(column))
        {
            _found.Add(new Obstacle(ObstacleKind.Exists, step, $"column {table}.{column}"));
        }
    }

    private Dictionary<string, NamedObject> AllOf(EffectKind kind) =>
        kind == EffectKind.MakeTrigger ? _triggers : _objects;

    /// <summary>A table takes its indexes and triggers along.</summary>
    private void Remove(string table)
    {
        _objects.Remove(table);
        _columns.Remove(table);
        if (_made.Remove(table))
        {
            return;
        }

        foreach (var objects in (Dictionary<string, NamedObject>[])[_objects, _triggers])
        {
            foreach (var (name, part) in objects.ToArray())
            {
                if (_session.Dialect.Names.Equals(part.Table, table))
                {
                    objects.Remove(name);
                }
            }
        }
    }

    private void Rename(string from, string to)
    {
        _objects[to] = new NamedObject(EffectKind.MakeTable, to, to);
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
                _session.Tables.Read(table)?.Columns.Select(column => column.Name) ?? [],
                _session.Dialect.Names
            );
        }

        return columns;
    }

    private void FindMissingParents()
    {
        foreach (var (step, table, parent) in _references)
        {
            if (_objects.ContainsKey(table) && !_objects.ContainsKey(parent))
            {
                _found.Add(
                    new Obstacle(ObstacleKind.ParentIsMissing, step, $"{table} refers to {parent}")
                );
            }
        }
    }

    private static string WordOf(EffectKind kind) =>
        kind switch
        {
            EffectKind.MakeIndex => "index",
            EffectKind.MakeView => "view",
            EffectKind.MakeTrigger => "trigger",
            EffectKind.MakeTable
            or EffectKind.AddColumn
            or EffectKind.Refer
            or EffectKind.DropTable
            or EffectKind.DropColumn
            or EffectKind.DropObject
            or EffectKind.AlterObject
            or EffectKind.RenameTable
            or EffectKind.RenameColumn
            or EffectKind.Insert
            or EffectKind.Update
            or EffectKind.Delete => "table",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
}
