using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Sessions;

/// <summary>
/// Triggers for the time of a step. A trigger cannot execute a statement, only call a function; that one is temporary. Unlike
/// the server's own objects it knows columns by their names, and does not follow when one is renamed.
/// </summary>
internal sealed class WatchingTriggers(
    NpgsqlConnection connection,
    string schema,
    DeferredConstraints deferred
)
{
    private readonly Dictionary<string, RowTrigger> _triggers = [];

    /// <summary>Those that do nothing any more, on tables whose rows wait to be checked, so that they cannot be dropped.</summary>
    private readonly Dictionary<string, RowTrigger> _unused = [];

    /// <summary>Whether some are still to be dropped.</summary>
    public bool HasUnused => _unused.Count > 0;

    /// <summary>Makes one.</summary>
    public void Create(RowTrigger trigger)
    {
        _triggers[trigger.Name] = trigger;
        Define(trigger, BodyOf(trigger));
        if (
            _unused.Remove(trigger.Name, out var unused)
            && (unused.Table, unused.Event) == (trigger.Table, trigger.Event)
        )
        {
            return;
        }

        var name = Identifier.Quote(trigger.Name);
        connection.Execute(
            $"CREATE TRIGGER {name} AFTER {trigger.Event} ON {trigger.Table} FOR EACH ROW EXECUTE FUNCTION pg_temp.{name}()"
        );
    }

    /// <summary>Drops one, whatever its table is called by now; where it cannot be dropped yet, it does nothing from here on.</summary>
    public void Drop(string name)
    {
        var isKnown = _triggers.Remove(name, out var trigger);
        if (!deferred.TryNow(() => DropFunction(name)) && isKnown)
        {
            _unused[name] = trigger!;
            Define(trigger!, "");
        }
    }

    /// <summary>Drops those that do nothing any more, once nothing waits to be checked.</summary>
    public void DropUnused()
    {
        if (HasUnused && !deferred.MayWait)
        {
            foreach (var name in _unused.Keys)
            {
                DropFunction(name);
            }

            _unused.Clear();
        }
    }

    /// <summary>Whether the trigger is one of the table with this name now.</summary>
    public bool Has(string name, string table) =>
        _triggers.ContainsKey(name) && TablesOf(name).Contains(table);

    /// <summary>Lets them follow what a statement has done to columns.</summary>
    public void After(Statement statement)
    {
        if (_triggers.Count == 0)
        {
            return;
        }

        foreach (var rename in statement.Of(EffectKind.RenameColumn))
        {
            foreach (var trigger in Naming(rename))
            {
                Create(trigger, rename.Column!, rename.NewName!);
            }
        }

        foreach (var drop in statement.Of(EffectKind.DropColumn))
        {
            foreach (var trigger in Naming(drop))
            {
                Drop(trigger.Name);
            }
        }
    }

    private void Create(RowTrigger trigger, string from, string to)
    {
        var renamed = trigger with
        {
            Statement = Renamed(trigger.Statement, from, to),
            When = trigger.When is { } condition ? Renamed(condition, from, to) : null,
        };
        _triggers[trigger.Name] = renamed;
        Define(renamed, BodyOf(renamed));
    }

    private RowTrigger[] Naming(Effect effect) =>
        [
            .. _triggers.Values.Where(trigger =>
                Renamed(BodyOf(trigger), effect.Column!, "") != BodyOf(trigger)
                && Has(trigger.Name, effect.Name)
            ),
        ];

    private void Define(RowTrigger trigger, string body) =>
        connection.Execute(
            $"CREATE OR REPLACE FUNCTION pg_temp.{Identifier.Quote(trigger.Name)}() RETURNS trigger LANGUAGE plpgsql AS {Literal($"BEGIN {body} RETURN NULL; END")}"
        );

    private void DropFunction(string name) =>
        connection.Execute($"DROP FUNCTION IF EXISTS pg_temp.{Identifier.Quote(name)}() CASCADE");

    private List<string> TablesOf(string name) =>
        connection.Query(
            """
            SELECT c.relname::text FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
                JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE NOT t.tgisinternal AND t.tgname = @name AND n.nspname = @schema
            """,
            row => row.GetString(0),
            ("@name", name),
            ("@schema", schema)
        );

    private static string Renamed(string sql, string from, string to) =>
        sql.Replace(
                $"NEW.{Identifier.Quote(from)}",
                $"NEW.{Identifier.Quote(to)}",
                StringComparison.Ordinal
            )
            .Replace(
                $"OLD.{Identifier.Quote(from)}",
                $"OLD.{Identifier.Quote(to)}",
                StringComparison.Ordinal
            );

    private static string BodyOf(RowTrigger trigger) =>
        trigger.When is { } condition
            ? $"IF {condition} THEN {trigger.Statement}; END IF;"
            : $"{trigger.Statement};";

    private static string Literal(string text) =>
        $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
