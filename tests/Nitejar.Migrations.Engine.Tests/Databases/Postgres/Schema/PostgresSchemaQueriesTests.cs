using FluentMigrator;
using FluentMigrator.Runner;
using Microsoft.Extensions.DependencyInjection;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Postgres.Schema;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Schema;

/// <summary>Questions are answered as FluentMigrator's own processor answers them on the same database.</summary>
public sealed class PostgresSchemaQueriesTests : PostgresSchemaFixture
{
    private const string Sql = """
        CREATE SCHEMA "Other"; CREATE TABLE "Other"."T" (a integer DEFAULT 5 CONSTRAINT named CHECK (a > 0));
        CREATE TABLE t ("Id" serial CONSTRAINT pk PRIMARY KEY, "quo""ted" text DEFAULT 'global'); CREATE VIEW v AS SELECT 1 AS x;
        CREATE INDEX i ON t ("quo""ted"); CREATE SEQUENCE s; CREATE TEMP TABLE passing ();
        """;

    private static readonly string?[] Schemas =
    [
        null,
        "public",
        "Other",
        "other",
        "\"Other\"",
        "nowhere",
    ];
    private static readonly string[] Names =
    [
        "t",
        "T",
        "\"t\"",
        "v",
        "passing",
        "\"Id\"",
        "Id",
        "id",
        "quo\"ted",
        "\"quo\"\"ted\"",
        "pk",
        "named",
        "i",
        "t_Id_seq",
        "s",
        "a",
        "x'y",
    ];

    private PostgresSchemaQueries Queries => new(Connection, "public");

    [Test]
    public void Every_question_has_the_answer_of_stock()
    {
        Execute(Sql);
        using var services = Stock();
        using var scope = services.CreateScope();
        var stock = scope.ServiceProvider.GetRequiredService<IMigrationProcessor>();
        var different = new List<string>();

        foreach (var schema in Schemas)
        {
            Ask("schema", Queries.SchemaExists(schema!), stock.SchemaExists(schema));
            foreach (var one in Names)
            {
                Ask(
                    $"table {schema} {one}",
                    Queries.TableExists(schema, one),
                    stock.TableExists(schema, one)
                );
                Ask(
                    $"sequence {schema} {one}",
                    Queries.SequenceExists(schema, one),
                    stock.SequenceExists(schema, one)
                );
                foreach (var other in Names)
                {
                    var what = $"{schema} {one} {other}";
                    Ask(
                        $"column {what}",
                        Queries.ColumnExists(schema, one, other),
                        stock.ColumnExists(schema, one, other)
                    );
                    Ask(
                        $"constraint {what}",
                        Queries.ConstraintExists(schema, one, other),
                        stock.ConstraintExists(schema, one, other)
                    );
                    Ask(
                        $"index {what}",
                        Queries.IndexExists(schema, one, other),
                        stock.IndexExists(schema, one, other)
                    );
                    Ask(
                        $"default {what}",
                        Queries.DefaultValueExists(schema, one, other, "5"),
                        stock.DefaultValueExists(schema, one, other, 5)
                    );
                }
            }
        }

        Assert.That(different, Is.Empty);

        void Ask(string question, bool ours, bool theirs)
        {
            if (ours != theirs)
            {
                different.Add($"{question}: {ours}");
            }
        }
    }

    [Test]
    public void What_names_no_schema_is_in_the_chosen_one()
    {
        Execute(Sql);
        var queries = new PostgresSchemaQueries(Connection, "Other");

        Assert.That(queries.TableExists(null, "T"), Is.True);
        Assert.That(queries.TableExists("", "T"), Is.True);
        Assert.That(queries.TableExists(null, "t"), Is.False);
        Assert.That(queries.TableExists("public", "t"), Is.True);
    }

    [Test]
    public void Rows_are_read_with_their_names()
    {
        var found = Queries.Read(
            "SELECT 1 AS a, 'x' AS \"B b\", NULL::text AS c UNION ALL SELECT 2, 'y', 'z' ORDER BY 1 -- end"
        );

        Assert.That(found.Columns, Is.EqualTo(new[] { "a", "B b", "c" }));
        Assert.That(found.Rows, Is.EqualTo(new object?[][] { [1, "x", null], [2, "y", "z"] }));
    }

    [TestCase("INSERT INTO t VALUES (2)")]
    [TestCase("SELECT 1; SELECT 2")]
    [TestCase("SELECT 1 INTO made")]
    [TestCase("WITH w AS (DELETE FROM t RETURNING 1) SELECT * FROM w")]
    [TestCase("SELECT writes()")]
    [TestCase("SELECT nextval('s')")]
    [TestCase("COMMIT")]
    [TestCase("SELECT * FROM t FOR UPDATE")]
    public void Nothing_else_than_a_select_that_changes_nothing_is_executed(string sql)
    {
        Execute(
            "CREATE TABLE t (a integer); INSERT INTO t VALUES (1); CREATE SEQUENCE s; CREATE FUNCTION writes() RETURNS void LANGUAGE sql AS 'DELETE FROM t'"
        );
        foreach (var isInTransaction in (bool[])[false, true])
        {
            if (isInTransaction)
            {
                Execute("BEGIN; CREATE TABLE of_the_run ()");
            }

            Assert.That(
                () => Queries.Read(sql),
                Throws
                    .TypeOf<NotSupportedException>()
                    .With.Message.EqualTo(
                        "A migration can only read with one SELECT while it is evaluated."
                    )
            );
        }

        Execute("INSERT INTO t VALUES (3); COMMIT");
        Assert.That(
            Database.Psql(
                "SELECT sum(a), count(*), (SELECT is_called FROM s), to_regclass('made'), to_regclass('of_the_run') FROM t"
            ),
            Is.EqualTo("4|2|f||of_the_run")
        );
    }

    [Test]
    public void Settings_of_a_select_do_not_stay_and_its_error_does_not_end_the_run()
    {
        Execute("BEGIN; CREATE TABLE of_the_run ()");

        Queries.Read("SELECT set_config('lock_timeout', '7s', false)");
        Assert.That(
            () => Queries.Read("SELECT 1 / 0"),
            Throws.TypeOf<NotSupportedException>().With.Message.EqualTo("division by zero")
        );

        Assert.That(
            Connection.Query("SHOW lock_timeout", row => row.GetString(0))[0],
            Is.EqualTo("0")
        );
        Execute("COMMIT");
        Assert.That(Tables.Exists("of_the_run"), Is.True);
    }

    /// <summary>It asks views of many tables, which take longer to plan than to read unless they are joined as they are written.</summary>
    private ServiceProvider Stock() =>
        new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(builder =>
                builder
                    .AddPostgres15_0()
                    .WithGlobalConnectionString(
                        Database.ConnectionString
                            + ";Options=-c join_collapse_limit=1 -c from_collapse_limit=1"
                    )
            )
            .BuildServiceProvider();
}
