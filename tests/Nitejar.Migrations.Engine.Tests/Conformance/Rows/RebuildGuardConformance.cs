using Nitejar.Migrations.Engine.Planning;
using static Nitejar.Migrations.Engine.Tests.Conformance.Rows.HandWrittenRebuild;

namespace Nitejar.Migrations.Engine.Tests.Conformance.Rows;

/// <summary>Rebuilds that are written by hand lose nothing in silence.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class RebuildGuardConformance<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private const string Index = "CREATE INDEX idx_name ON agents (name);";

    private static string Trigger { get; } =
        TDatabase.Trigger(
            "on_agents",
            "AFTER DELETE ON agents",
            "INSERT INTO log (text) VALUES (old.name);"
        );

    [SetUp]
    public void AddAgents() => Execute(Agents);

    [Test]
    public void Fewer_rows_than_before_are_refused_on_the_way_up()
    {
        var failure = Fail<MigrationFailedException>(
            Sql(Rebuild.Replace("FROM agents", "FROM agents WHERE id = 2")),
            new UpRequest()
        );

        Assert.That(
            failure.Message,
            Is.EqualTo("Rows would be lost in the rebuild of agents: 3 rows.")
        );
        Assert.That(failure.NextStep, Does.Contain("before the rebuild"));
    }

    [Test]
    public void A_table_that_is_made_again_and_filled_is_a_rebuild_too()
    {
        var failure = Fail<MigrationFailedException>(
            Sql(
                """
                CREATE TABLE kept AS SELECT * FROM agents WHERE id < 4;
                DROP TABLE agents;
                CREATE TABLE agents (id integer PRIMARY KEY, name text);
                INSERT INTO agents SELECT * FROM kept;
                DROP TABLE kept;
                """
            ),
            new UpRequest()
        );

        Assert.That(failure.Message, Does.EndWith("in the rebuild of agents: 1 row."));
    }

    [Test]
    public void A_table_that_is_renamed_away_first_is_rebuilt_as_well()
    {
        var failure = Fail<MigrationFailedException>(
            Sql(RenamedAway.Replace("FROM old_agents", "FROM old_agents WHERE id = 2")),
            new UpRequest()
        );

        Assert.That(failure.Message, Does.EndWith("in the rebuild of agents: 3 rows."));
    }

    [Test]
    public void An_index_that_goes_with_a_table_renamed_away_is_missed()
    {
        Execute(Index);

        var failure = Fail<MigrationFailedException>(Sql(RenamedAway), new UpRequest());

        Assert.That(
            failure.Message,
            Is.EqualTo("The index idx_name would be lost in the rebuild of agents.")
        );
    }

    [Test]
    public void A_loss_is_seen_whatever_steps_follow()
    {
        var failure = Fail<MigrationFailedException>(
            MigrationsOf.Catalog(
                MigrationsOf.Sql(
                    1,
                    "One",
                    Rebuild.Replace("FROM agents", "FROM agents WHERE id = 2")
                ),
                MigrationsOf.Sql(
                    2,
                    "Two",
                    "INSERT INTO agents (id, name) VALUES (7, 'x'), (8, 'y'), (9, 'z')"
                )
            ),
            new UpRequest()
        );

        Assert.That(failure.Message, Does.EndWith("in the rebuild of agents: 3 rows."));
    }

    [Test]
    public void Rows_may_be_deleted_by_a_statement_of_its_own_before() =>
        Succeed(Sql("DELETE FROM agents WHERE id > 1;" + Rebuild), new UpRequest());

    [TestCase("SELECT 1; CREATE TABLE agents (id integer)")]
    [TestCase("CREATE TABLE agents (id integer)")]
    public void A_table_of_a_later_step_is_another_table(string create) =>
        Succeed(
            MigrationsOf.Catalog(
                MigrationsOf.Sql(1, "One", "DROP TABLE agents"),
                MigrationsOf.Sql(2, "Two", create)
            ),
            new UpRequest()
        );

    [Test]
    public void A_redo_may_make_its_table_again()
    {
        var catalog = Sql("CREATE TABLE one (id integer)", "DROP TABLE one");
        Succeed(catalog, new UpRequest());
        Execute("INSERT INTO one (id) VALUES (1)");

        Succeed(catalog, new RedoRequest(Steps: 1));
        Assert.That(Query("SELECT count(*) FROM one"), Is.EqualTo(new[] { "1" }));

        Succeed(catalog, new RedoRequest(Steps: 1), Allowed with { KeepRows = false });
        Assert.That(Query("SELECT count(*) FROM one"), Is.EqualTo(new[] { "0" }));
    }

    [Test]
    public void A_forgotten_index_is_refused() => RequireMadeAgain(Index, "index idx_name");

    [Test]
    public void A_forgotten_trigger_is_refused() => RequireMadeAgain(Trigger, "trigger on_agents");

    [Test]
    public void An_index_of_the_same_migration_is_not_lost_either() =>
        Fail<MigrationFailedException>(Sql(Index + Rebuild), new UpRequest());

    [TestCase("DROP INDEX idx_name;")]
    [TestCase("DROP INDEX IF EXISTS \"idx_name\";")]
    public void What_a_statement_drops_by_its_name_may_go(string drop)
    {
        Execute(Index);

        Succeed(Sql(drop + Rebuild), new UpRequest());
    }

    [Test]
    public void A_statement_after_the_rebuild_may_name_it_as_well()
    {
        Execute(Index);

        Succeed(Sql(Rebuild + "DROP INDEX IF EXISTS idx_name"), new UpRequest());
    }

    [Test]
    public void A_Down_may_not_lose_an_index_either()
    {
        var catalog = Sql("SELECT 1", Rebuild);
        Succeed(catalog, new UpRequest());
        Execute(Index);

        Fail<MigrationFailedException>(catalog, new DownRequest());
    }

    [Test]
    public void A_constraint_that_had_an_index_may_go()
    {
        Execute("DROP TABLE agents; CREATE TABLE agents (id integer, name text UNIQUE)");

        Succeed(Sql(Rebuild), new UpRequest());
    }

    private void RequireMadeAgain(string made, string lost)
    {
        Execute(made);

        var failure = Fail<MigrationFailedException>(Sql(Rebuild), new UpRequest());

        Assert.That(
            failure.Message,
            Is.EqualTo($"The {lost} would be lost in the rebuild of agents.")
        );
        Succeed(Sql(Rebuild + made), new UpRequest());
    }
}
