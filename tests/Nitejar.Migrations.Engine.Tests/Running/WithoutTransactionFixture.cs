using System.Data;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Sqlite.Connections;

namespace Nitejar.Migrations.Engine.Tests.Running;

/// <summary>A migration without a transaction between two others.</summary>
public abstract class WithoutTransactionFixture : ConformanceTests<SqliteTestDatabase>
{
    protected const string Good = """
        CREATE TABLE two (id INTEGER PRIMARY KEY);
        INSERT INTO two VALUES (1);
        VACUUM;
        PRAGMA user_version=7;
        CREATE TRIGGER tr AFTER INSERT ON two BEGIN DELETE FROM two WHERE id < 0; END;
        """;

    protected const string GoodDown = "DROP TRIGGER tr; DROP TABLE two;";

    protected static MigrationCatalog Between(string up, string down) =>
        MigrationsOf.Catalog(
            MigrationsOf.Table(1, "one"),
            MigrationsOf.Sql(2, "Two", up, down).WithoutTransaction(),
            MigrationsOf.Table(3, "three")
        );

    protected static MigrationCatalog Between(Action<FluentMigrator.Migration> up) =>
        MigrationsOf.Catalog(
            MigrationsOf.Table(1, "one"),
            MigrationsOf.Code(2, "Two", up, m => m.Execute.Sql("SELECT 1")).WithoutTransaction(),
            MigrationsOf.Table(3, "three")
        );

    protected static void Run(IDbConnection connection, IDbTransaction? transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    protected static string BrokenAt(int statement)
    {
        var statements = Good.Split(";\n");
        statements[statement - 1] = "SELECT no_such_column";
        return string.Join(";\n", statements);
    }

    protected InterruptedMigration? Interrupted()
    {
        using var reader = Database.OpenReader(TimeSpan.Zero);
        return HistoryReader.Read(reader).Interrupted;
    }

    /// <summary>Reads from before the last statement on, until the run says that it waits.</summary>
    protected sealed class ReadingObserver(string path) : IRunObserver, ICommitGate, IDisposable
    {
        private readonly SqliteConnection _reader = new($"Data Source={path};Pooling=False");
        private int _parts;

        public int Waits { get; private set; }

        public void Committing() { }

        public void CommitFailed() { }

        public void PartCommitted()
        {
            // The migration before, and of this one the first statement; then the second one is announced.
            if (++_parts == 3)
            {
                _reader.Open();
                _reader.Execute("BEGIN");
                _ = _reader.Number("SELECT count(*) FROM sqlite_master");
            }
        }

        public void LockWait(DateTime until, string? holder)
        {
            Waits++;
            _reader.Close();
        }

        public void StepStarting(MigrationId migration, Direction direction, string sql) { }

        public void Dispose() => _reader.Dispose();
    }
}
