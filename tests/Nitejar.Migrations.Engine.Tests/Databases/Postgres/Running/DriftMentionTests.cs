using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Trust.Drifting;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Running;

/// <summary>What <c>status</c> mentions beside what it does for every kind of database.</summary>
public sealed class DriftMentionTests : ConformanceTests<PostgresTestDatabase>
{
    private static readonly MigrationCatalog Catalog = MigrationsOf.Catalog(
        MigrationsOf.Sql(
            1,
            "A",
            "CREATE TABLE a (n integer PRIMARY KEY); CREATE TABLE b (a integer REFERENCES a DEFERRABLE INITIALLY DEFERRED)",
            "DROP TABLE b; DROP TABLE a"
        ),
        MigrationsOf.Sql(2, "C", "CREATE TABLE c (n integer)", "DROP TABLE c")
    );

    /// <summary>Another version of the server may write the same definition in another way.</summary>
    [Test]
    public void What_another_version_of_the_server_has_written_counts_again_after_the_next_run()
    {
        Succeed(Catalog, new UpRequest(Steps: 1));
        Execute(
            "UPDATE \"VersionJournal\" SET \"Definitions\" = regexp_replace(\"Definitions\", '^\\d+:', '9:', 'gn')"
        );
        Execute("ALTER TABLE a ADD COLUMN by_hand integer");
        Assert.That(Mentioned(), Is.Empty);

        Succeed(Catalog, new UpRequest());
        Assert.That(Mentioned(), Is.Empty);

        Execute("ALTER TABLE a DROP COLUMN by_hand");
        Assert.That(Mentioned(), Is.EqualTo("table a"));
    }

    [Test]
    public void A_failed_index_and_a_constraint_that_does_not_hold_for_every_row_are_mentioned()
    {
        Succeed(Catalog, new UpRequest());
        Execute("INSERT INTO c VALUES (1), (1)");
        Assert.That(
            () => Execute("CREATE UNIQUE INDEX CONCURRENTLY c_n ON c (n)"),
            Throws.InstanceOf<Npgsql.PostgresException>()
        );
        Execute("ALTER TABLE b ADD CHECK (a > 0) NOT VALID");

        Assert.That(Mentioned(), Is.EqualTo("index c_n,table b"));
    }

    /// <summary>The key is off its table for a while, and valid again at the commit only.</summary>
    [Test]
    public void A_key_that_is_validated_at_the_end_of_the_run_is_not_mentioned()
    {
        Succeed(Catalog, new UpRequest());
        Execute("INSERT INTO a VALUES (1); INSERT INTO b VALUES (1)");

        Succeed(Catalog, new RedoRequest(2), Allowed);

        Assert.That(Query("SELECT a FROM b"), Is.EqualTo(["1"]));
        Assert.That(Mentioned(), Is.Empty);
    }

    /// <summary>They are still on tables whose rows wait to be checked when the definitions are read.</summary>
    [Test]
    public void The_triggers_that_watch_over_a_run_are_not_mentioned()
    {
        var catalog = MigrationsOf.Catalog([
            .. Catalog.All,
            MigrationsOf.Sql(
                3,
                "Rows",
                "INSERT INTO a VALUES (5); INSERT INTO b VALUES (5)",
                "UPDATE b SET a = NULL; DELETE FROM b; DELETE FROM a"
            ),
        ]);
        foreach (
            var request in (MigrationRequest[])
                [new UpRequest(), new DownRequest(), new UpRequest(), new RedoRequest(1)]
        )
        {
            Succeed(catalog, request, Allowed);
            Assert.That(Mentioned(), Is.Empty, $"{request}");
        }
    }

    private string Mentioned()
    {
        using var reader = Database.OpenReader(TimeSpan.Zero);
        return string.Join(',', DriftMention.Of(reader, HistoryReader.Read(reader)));
    }
}
