using Nitejar.Migrations.Engine.Databases.Sql;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Sessions;

/// <summary>Disables the triggers of tables that are enabled, but those behind constraints, until it is disposed.</summary>
internal sealed class TriggerPause : IDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly string _schema;
    private readonly string[] _tables;
    private readonly List<FoundTrigger> _paused;

    public TriggerPause(NpgsqlConnection connection, string schema, string[] tables)
    {
        (_connection, _schema, _tables) = (connection, schema, tables);
        _paused = Read("t.tgenabled <> 'D'");
        foreach (var found in _paused)
        {
            connection.Execute($"ALTER TABLE {found.Table} DISABLE TRIGGER {found.Name}");
        }
    }

    public void Dispose()
    {
        // After an error the transaction, and with it what was disabled, is rolled back.
        if (_paused.Count == 0 || !PostgresTransaction.IsUsable(_connection))
        {
            return;
        }

        // Those that only watched over a step may be gone.
        foreach (var there in Read("t.tgenabled = 'D'"))
        {
            if (_paused.Find(there.IsSame) is { } found)
            {
                _connection.Execute(
                    $"ALTER TABLE {found.Table} {found.Enable} TRIGGER {found.Name}"
                );
            }
        }
    }

    private List<FoundTrigger> Read(string condition) =>
        _connection.Query(
            $"""
            SELECT format('%I.%I', n.nspname, c.relname), quote_ident(t.tgname::text),
                CASE t.tgenabled WHEN 'A' THEN 'ENABLE ALWAYS' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE' END
            FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
                JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE NOT t.tgisinternal AND {condition} AND t.tgparentid = 0 AND n.nspname = @schema
                AND c.relkind IN ('r', 'p') AND c.relname = ANY (string_to_array(@tables, chr(31)))
            """,
            row => new FoundTrigger(row.GetString(0), row.GetString(1), row.GetString(2)),
            ("@schema", _schema),
            ("@tables", string.Join('\u001f', _tables))
        );

    /// <summary>A trigger, its table, and how it was enabled, as SQL writes them.</summary>
    private sealed record FoundTrigger(string Table, string Name, string Enable)
    {
        public bool IsSame(FoundTrigger other) => Table == other.Table && Name == other.Name;
    }
}
