using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Statements;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Sessions;

/// <summary>Moves rows between the tables of a PostgreSQL database. An error ends a transaction there, so that what may fail has a savepoint.</summary>
internal sealed class PostgresRowMover(
    NpgsqlConnection connection,
    string schema,
    DeferredConstraints deferred
) : IRowMover
{
    private const string Attempt = "nitejar_attempt";

    private readonly SuspendedReferences _references = new(connection, schema, deferred);

    /// <summary>What waits for the end of the transaction.</summary>
    public DeferredConstraints Deferred => deferred;

    /// <summary>The triggers that watch over a step.</summary>
    public WatchingTriggers Triggers { get; } = new(connection, schema, deferred);

    /// <inheritdoc cref="SuspendedReferences.Unchecked"/>
    public IEnumerable<string> UncheckedReferences => _references.Unchecked;

    public bool ActionsTakeEffect => true;

    public long? ReadCounter(string table) =>
        PostgresCounter.Find(connection, schema, table)?.ReadLast(connection);

    public bool Counts(string table, string column) =>
        PostgresCounter.Find(connection, schema, table)?.Column == column;

    /// <summary>By RESTART, which a rollback undoes; <c>setval</c> it does not.</summary>
    public void SetCounter(string table, long? number) =>
        PostgresCounter.Find(connection, schema, table)?.Restart(connection, number);

    public bool PauseHoldsActions => true;

    public IDisposable PauseEffects(IEnumerable<string> tables)
    {
        string[] all = [.. tables.Distinct()];
        return new EffectsPause(
            _references.Suspend(all),
            new TriggerPause(connection, schema, all)
        );
    }

    public IDisposable PauseReferences(IEnumerable<string> tables) =>
        _references.Suspend([.. tables.Distinct()]);

    public void CheckReferencesAtOnce(bool isAtOnce) => deferred.CheckAtOnce(isAtOnce);

    public IReadOnlyList<ForeignKey> ReadPausedKeys(string table) => _references.KeysOf(table);

    /// <summary>Checks the references that were suspended.</summary>
    /// <exception cref="PostgresException">A row refers to one that is not there.</exception>
    public void RequireReferences()
    {
        if (Triggers.HasUnused)
        {
            deferred.Check();
            Triggers.DropUnused();
        }

        _references.Validate();
    }

    public void CreateStore(
        string table,
        StoredTable like,
        IEnumerable<(string Column, string Name)> columns
    )
    {
        connection.Execute(
            $"CREATE TABLE {table} AS SELECT {string.Join(", ", columns.Select(Renamed))} FROM {like.Quoted} WITH NO DATA"
        );
        StoreRights.Revoke(connection, table);
    }

    public void TakeTypes(StoredTable store, StoredTable table) =>
        StoredTypes.TakeBack(connection, store.Quoted, table.Quoted, TryExecute);

    public long ForThoseThatFit(StoredTable store, Func<string, string> sql)
    {
        deferred.AfterRows();
        if (TryChange(sql("true")) is { } changed)
        {
            return changed;
        }

        return connection
            .Query($"SELECT ctid::text FROM {store.Quoted}", row => row.GetString(0))
            .Sum(row => TryChange(sql($"a.ctid = '{row}'::tid")) ?? 0);
    }

    public void CreateTrigger(RowTrigger trigger) => Triggers.Create(trigger);

    public void DropTrigger(string name) => Triggers.Drop(name);

    public bool HasTrigger(string name, string table) => Triggers.Has(name, table);

    public bool TryExecute(string sql) => TryChange(sql) is not null;

    /// <summary>Deleted rows are overwritten by VACUUM, which no transaction may execute.</summary>
    public void OverwriteDeleted() { }

    private static string Renamed((string Column, string Name) column) =>
        $"{Identifier.Quote(column.Column)} AS {Identifier.Quote(column.Name)}";

    /// <summary>What was changed; <see langword="null"/> where the server refused it with an error, and nothing was.</summary>
    private long? TryChange(string sql)
    {
        connection.Execute($"SAVEPOINT {Attempt}");
        try
        {
            var changed = connection.Change(sql);
            connection.Execute($"RELEASE SAVEPOINT {Attempt}");
            return changed;
        }
        catch (PostgresException e) when (IsAboutValuesOrNames(e.SqlState))
        {
            connection.Execute($"ROLLBACK TO SAVEPOINT {Attempt}; RELEASE SAVEPOINT {Attempt}");
            return null;
        }
    }

    /// <summary>Classes 22 (values), 23 (constraints), 42 (names and types), 44 (views) and P0 (what a trigger raises).</summary>
    private static bool IsAboutValuesOrNames(string code) =>
        code is ['2', '2' or '3', ..] or ['4', '2' or '4', ..] or ['P', '0', ..];
}
