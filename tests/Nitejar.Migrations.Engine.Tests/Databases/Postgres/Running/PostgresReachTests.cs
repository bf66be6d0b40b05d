using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Tests.Conformance;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Running;

/// <summary>What a Down reaches beyond its schema is named before it is allowed.</summary>
public sealed class PostgresReachTests : ConformanceTests<PostgresTestDatabase>
{
    [Test]
    public void What_a_rollback_undoes_is_tried_and_named()
    {
        var catalog = Sql(
            "CREATE TABLE t (id int)",
            "DROP TABLE t; CREATE EXTENSION IF NOT EXISTS plpgsql"
        );
        Succeed(catalog, new UpRequest());

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());

        Assert.That(refused.Message, Is.EqualTo("1_One also reaches the extension plpgsql."));
        Succeed(catalog, new DownRequest(), Allowed);
    }

    /// <summary>The program fails, so that whether it was started is seen.</summary>
    [Test]
    public void What_no_rollback_undoes_is_not_even_tried()
    {
        var catalog = Sql("CREATE TABLE t (id int)", "COPY t TO PROGRAM 'exit 3'");
        Succeed(catalog, new UpRequest());

        var refused = Fail<RefusedException>(catalog, new DownRequest());

        Assert.That(
            refused.Message,
            Is.EqualTo(
                "1_One reaches the program 'exit 3' on the server, and no rollback undoes that."
            )
        );
        var failed = Fail<MigrationFailedException>(catalog, new DownRequest(), Allowed);
        Assert.That(failed.ToString(), Does.Contain("exit code 3"));
    }

    [Test]
    public void A_dry_run_names_it_too()
    {
        var catalog = Sql("CREATE TABLE t (id int)", "DO $$ BEGIN PERFORM pg_ls_dir('/'); END $$");
        Succeed(catalog, new UpRequest());

        var preview = new DryRun(Database, catalog).Preview(new DownRequest(), NoWait);

        Assert.That(preview.Warnings, Does.Contain("1_One also reaches the function pg_ls_dir."));
    }

    [Test]
    public void An_Up_is_the_class_of_the_program_and_does_what_it_says() =>
        Succeed(Sql("CREATE EXTENSION IF NOT EXISTS plpgsql"), new UpRequest());
}
