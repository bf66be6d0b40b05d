using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Postgres.Schema;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Sessions;

/// <summary>
/// Foreign keys that are taken off their tables while rows come back or go, and put on again as NOT VALID: only a superuser
/// can switch them off. From then on they hold for what changes, and at the end of the transaction for every row.
/// </summary>
internal sealed class SuspendedReferences(
    NpgsqlConnection connection,
    string schema,
    DeferredConstraints deferred
)
{
    private const string NotValid = "NOT VALID";

    /// <summary>The statement that checks every row against a key that is still there.</summary>
    private const string ValidationOf = """
        SELECT format('ALTER TABLE %s VALIDATE CONSTRAINT %I', conrelid::regclass, conname)
        FROM pg_constraint WHERE oid = @number::oid AND NOT convalidated
        """;

    /// <summary>Those that were valid before and have to be again, by their numbers in the catalog: their tables may be renamed.</summary>
    private readonly HashSet<string> _unchecked = [];

    /// <summary>Those that are off their tables at the moment, by the names of the tables.</summary>
    private readonly Dictionary<string, ForeignKey[]> _suspended = [];

    /// <summary>Suspends those of the tables and of all that refer to them, however far away, until it is disposed.</summary>
    public IDisposable Suspend(string[] tables)
    {
        var keys = connection.Query(
            $"""
            WITH RECURSIVE reached AS (
                SELECT c.oid FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
                WHERE n.nspname = @schema AND c.relname = ANY (string_to_array(@tables, chr(31)))
                UNION
                SELECT k.conrelid FROM pg_constraint AS k JOIN reached AS r ON k.confrelid = r.oid WHERE k.contype = 'f'
            )
            {SuspendedKey.Query}
            WHERE k.contype = 'f' AND k.conparentid = 0 AND c.relkind = 'r'
                AND (k.conrelid IN (SELECT oid FROM reached) OR k.confrelid IN (SELECT oid FROM reached))
            ORDER BY k.oid
            """,
            SuspendedKey.Of,
            ("@schema", schema),
            ("@tables", string.Join('\u001f', tables)),
            ("@unchecked", string.Join(',', _unchecked))
        );
        if (keys.Exists(key => key.IsDeferrable))
        {
            deferred.Check();
        }

        foreach (var table in keys.Select(key => key.Table).Distinct())
        {
            var suspended = keys.Where(key => key.Table == table)
                .Select(key => key.Name)
                .ToHashSet();
            _suspended[table] =
            [
                .. (
                    PostgresSchemaReader.ReadTable(connection, schema, table)?.ForeignKeys ?? []
                ).Where(key => key.Name is { } name && suspended.Contains(name)),
            ];
        }

        foreach (var key in keys)
        {
            connection.Execute(key.Drop);
        }

        return new Suspension(this, keys);
    }

    /// <summary>Those of a table that are suspended at the moment.</summary>
    public IReadOnlyList<ForeignKey> KeysOf(string table) =>
        _suspended.TryGetValue(table, out var keys) ? keys : [];

    /// <summary>The keys that are NOT VALID until the end of the transaction, by their numbers in the catalog.</summary>
    public IEnumerable<string> Unchecked => _unchecked;

    /// <summary>Checks every row against the keys that are still there.</summary>
    public void Validate()
    {
        foreach (var number in _unchecked)
        {
            foreach (
                var validate in connection.Query(
                    ValidationOf,
                    row => row.GetString(0),
                    ("@number", number)
                )
            )
            {
                connection.Execute(validate);
            }
        }

        _unchecked.Clear();
    }

    private void Resume(SuspendedKey key)
    {
        var declared = connection.Query(
            SuspendedKey.Declaration,
            row => row.GetString(0),
            key.Parameters
        );
        if (declared is not [var add])
        {
            // Its table is gone, and the reference with it.
            return;
        }

        connection.Execute(key.IsValid ? $"{add} {NotValid}" : add);
        if (key.IsValid)
        {
            _unchecked.UnionWith(
                connection.Query(
                    "SELECT oid::text FROM pg_constraint WHERE conrelid = @table::oid AND conname = @name",
                    row => row.GetString(0),
                    key.Parameters
                )
            );
        }
    }

    private sealed class Suspension(SuspendedReferences owner, List<SuspendedKey> keys)
        : IDisposable
    {
        public void Dispose()
        {
            owner._suspended.Clear();
            // After an error the transaction, and with it the suspension, is rolled back.
            if (PostgresTransaction.IsUsable(owner.Connection))
            {
                foreach (var key in keys)
                {
                    owner.Resume(key);
                }
            }
        }
    }

    private NpgsqlConnection Connection => connection;
}
