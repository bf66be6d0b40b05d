using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Schema;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Sessions;

/// <summary>Moves rows between the tables of a SQLite database.</summary>
internal sealed class SqliteRowMover(SqliteConnection connection) : IRowMover
{
    /// <summary>Only the key of a table can count.</summary>
    public bool Counts(string table, string column) => true;

    /// <summary>AUTOINCREMENT counters go with their table; without them numbers of deleted rows would be used again.</summary>
    public long? ReadCounter(string table)
    {
        if (!HasCounters())
        {
            return null;
        }

        var found = connection.Query(
            "SELECT seq FROM sqlite_sequence WHERE name = @table AND typeof(seq) = 'integer'",
            row => row.GetInt64(0),
            ("@table", table)
        );
        return found.Count == 0 ? null : found[0];
    }

    public void SetCounter(string table, long? number)
    {
        if (!HasCounters() || !IsAutoIncrement(table))
        {
            return;
        }

        if (number is { } used)
        {
            WriteCounter(table, used);
        }
        else
        {
            connection.Execute(
                "DELETE FROM sqlite_sequence WHERE name = @table",
                ("@table", table)
            );
        }
    }

    public bool ActionsTakeEffect
    {
        get
        {
            const int unchanged = -1;
            _ = raw.sqlite3_db_config(
                connection.Handle,
                raw.SQLITE_DBCONFIG_ENABLE_FKEY,
                unchanged,
                out var areOn
            );
            return areOn != 0;
        }
    }

    public bool PauseHoldsActions => !ActionsTakeEffect;

    /// <summary>Of all tables: SQLite has one switch for all triggers. References are checked at the end of the run.</summary>
    public IDisposable PauseEffects(IEnumerable<string> tables) => new TriggerPause(connection);

    public IReadOnlyList<ForeignKey> ReadPausedKeys(string table) => [];

    /// <summary>Its columns have no type, so that SQLite converts nothing.</summary>
    public void CreateStore(
        string table,
        StoredTable like,
        IEnumerable<(string Column, string Name)> columns
    ) =>
        connection.Execute(
            $"CREATE TABLE {table} ({StoredTable.List(columns.Select(column => column.Name))})"
        );

    public long ForThoseThatFit(StoredTable store, Func<string, string> sql)
    {
        if (TryChange(sql("1")) is { } changed)
        {
            return changed;
        }

        return store.RowId is not { } rowId
            ? 0
            : connection
                .Query($"SELECT {rowId} FROM {store.Quoted}", row => row.GetInt64(0))
                .Sum(row => TryChange(sql($"a.{rowId} = {row}")) ?? 0);
    }

    public void CreateTrigger(RowTrigger trigger)
    {
        var when = trigger.When is { } condition ? $" WHEN {condition}" : "";
        connection.Execute(
            $"CREATE TEMP TRIGGER {Identifier.Quote(trigger.Name)} AFTER {trigger.Event} ON {trigger.Table}{when} BEGIN {trigger.Statement}; END"
        );
    }

    public void DropTrigger(string name) =>
        connection.Execute($"DROP TRIGGER IF EXISTS temp.{Identifier.Quote(name)}");

    public bool HasTrigger(string name, string table) =>
        connection.Any(
            "SELECT 1 FROM sqlite_temp_master WHERE type = 'trigger' AND name = @name AND tbl_name = @table COLLATE NOCASE",
            ("@name", name),
            ("@table", table)
        );

    public bool TryExecute(string sql)
    {
        try
        {
            connection.Execute(sql);
            return true;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            return false;
        }
    }

    public void OverwriteDeleted() => connection.Execute("PRAGMA secure_delete=ON");

    /// <summary>What was changed; <see langword="null"/> where a value was refused with an error, and nothing was.</summary>
    private long? TryChange(string sql)
    {
        try
        {
            return connection.Change(sql);
        }
        catch (SqliteException e) when (IsAboutValues(e.SqliteErrorCode))
        {
            return null;
        }
    }

    private static bool IsAboutValues(int code) =>
        (code & 0xff)
            is raw.SQLITE_ERROR
                or raw.SQLITE_CONSTRAINT
                or raw.SQLITE_MISMATCH
                or raw.SQLITE_TOOBIG;

    private void WriteCounter(string table, long number)
    {
        var changed = connection.Change(
            "UPDATE sqlite_sequence SET seq = @number WHERE name = @table",
            ("@number", number),
            ("@table", table)
        );
        if (changed == 0)
        {
            connection.Execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (@table, @number)",
                ("@table", table),
                ("@number", number)
            );
        }
    }

    private bool HasCounters() =>
        connection.Any("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'");

    private bool IsAutoIncrement(string table) =>
        SqliteSchemaReader.ReadTable(connection, table) is { Traits.IsAutoIncrement: true };

    private sealed class TriggerPause : IDisposable
    {
        private readonly SqliteConnection _connection;

        public TriggerPause(SqliteConnection connection)
        {
            _connection = connection;
            Set(0);
        }

        public void Dispose() => Set(1);

        private void Set(int on) =>
            _ = raw.sqlite3_db_config(
                _connection.Handle,
                raw.SQLITE_DBCONFIG_ENABLE_TRIGGER,
                on,
                out _
            );
    }
}
