using System.Data.Common;
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
            """
            WITH RECURSIVE reached AS (
                SELECT c.oid FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
                WHERE n.nspname = @schema AND c.relname = ANY (string_to_array(@tables, chr(31)))
                UNION
                SELECT k.conrelid FROM pg_constraint AS k JOIN reached AS r ON k.confrelid = r.oid WHERE k.contype = 'f'
            )
            SELECT format('%I.%I', n.nspname, c.relname), quote_ident(k.conname::text), pg_get_constraintdef(k.oid),
                k.convalidated OR k.oid = ANY (string_to_array(@unchecked, ',')::oid[]), c.relname::text, k.conname::text,
                k.condeferrable
            FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
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

        foreach (var table in keys.Select(key => key.PlainTable).Distinct())
        {
            var suspended = keys.Where(key => key.PlainTable == table)
                .Select(key => key.PlainName)
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
            connection.Execute($"ALTER TABLE {key.Table} DROP CONSTRAINT {key.Name}");
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
        var definition = key.IsValid ? $"{key.Definition} {NotValid}" : key.Definition;
        connection.Execute($"ALTER TABLE {key.Table} ADD CONSTRAINT {key.Name} {definition}");
        if (key.IsValid)
        {
            _unchecked.UnionWith(
                connection.Query(
                    "SELECT oid::text FROM pg_constraint WHERE conrelid = to_regclass(@table) AND quote_ident(conname::text) = @name",
                    row => row.GetString(0),
                    ("@table", key.Table),
                    ("@name", key.Name)
                )
            );
        }
    }

    /// <summary>A foreign key.</summary>
    /// <param name="Table">Its table, for SQL.</param>
    /// <param name="Name">Its name, for SQL.</param>
    /// <param name="Definition">Its declaration without the name.</param>
    /// <param name="IsValid">Whether it holds for every row, or has to when the transaction ends.</param>
    private sealed record SuspendedKey(string Table, string Name, string Definition, bool IsValid)
    {
        /// <summary>The name of the table as the catalog has it.</summary>
        public required string PlainTable { get; init; }

        /// <summary>The name as the catalog has it.</summary>
        public required string PlainName { get; init; }

        /// <summary>Whether it may be checked when the transaction ends.</summary>
        public required bool IsDeferrable { get; init; }

        public static SuspendedKey Of(DbDataReader row) =>
            new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetBoolean(3))
            {
                PlainTable = row.GetString(4),
                PlainName = row.GetString(5),
                IsDeferrable = row.GetBoolean(6),
            };
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
