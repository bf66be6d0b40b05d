using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Tests.Conformance;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Running;

/// <summary>A run takes over the connection that has found something to do.</summary>
public sealed class OneConnectionTests : ConformanceTests<PostgresTestDatabase>
{
    private const string Session = """
        SELECT pg_backend_pid() || ' ' || current_setting('transaction_read_only') || ' ' || current_setting('lock_timeout')
            || ' ' || (SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory')
        """;

    private static TransactionSettings Settings =>
        new(TimeSpan.FromSeconds(7), StatementTimeout: null, static (_, _) => { });

    [Test]
    public void A_run_has_the_session_of_its_reader_and_may_write()
    {
        using var reader = Database.OpenToRead(Settings, CancellationToken.None)!;
        var before = Read(reader).Split(' ');
        using var run = Database.BeginOver(reader, Settings, CancellationToken.None)!;
        var after = Read(run).Split(' ');

        Assert.That(before[1..], Is.EqualTo(new[] { "on", "7s", "0" }));
        Assert.That(after, Is.EqualTo(new[] { before[0], "off", "1s", "1" }));
    }

    [Test]
    public void What_was_found_of_its_tables_is_known_until_something_may_change()
    {
        using var run = Database.Begin(Settings, CancellationToken.None);
        run.Own.RequireWritable();
        run.Execute("CREATE TABLE \"VersionJournal\" (\"Id\" bigint)");

        Assert.That(run.Own.ReadColumns("VersionJournal"), Is.Empty);
        Assert.That(run.Tables.ReadDefinitions(), Is.Empty);
        run.Own.BeforeChange();
        run.Execute("CREATE TABLE agent (id bigint)");
        Assert.That(run.Own.ReadColumns("VersionJournal"), Is.EqualTo(new[] { "Id" }));
        Assert.That(run.Tables.ReadDefinitions(), Has.Count.EqualTo(1));
    }

    [Test]
    public void Definitions_are_read_where_anything_else_is_there()
    {
        Execute("CREATE VIEW agent AS SELECT 1 AS id");
        using var run = Database.Begin(Settings, CancellationToken.None);
        run.Own.RequireWritable();

        Assert.That(run.Tables.ReadDefinitions(), Has.Count.EqualTo(1));
    }

    private static string Read(ISession session) =>
        session.Query(Session, row => row.GetString(0))[0];
}
