using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Tests.Adopting;

/// <summary>The kinds of Nitejar's databases that exist, and what becomes of each.</summary>
public sealed class AdoptionVerdictTests
{
    [Test]
    public void A_database_from_before_the_rename_has_the_first_two()
    {
        using var database = new KyselyDatabase(KyselySql.Legacy);

        var preview = database.Preview(new AdoptRequest());

        Assert.That(preview.Verdict, Is.Null);
        Assert.That(
            preview.Steps.Select(step => step.Id.Name),
            Is.EqualTo(["CoreTables", "GithubIntegration"])
        );
        Assert.That(
            preview.AdoptionPoints,
            Is.EqualTo([
                new ContainmentPoint(
                    "index idx_github_installations_integration_id",
                    "github_installations(integration_id)",
                    null,
                    PointLevel.Note
                ),
            ])
        );
    }

    [Test]
    public void A_released_database_has_all_three()
    {
        using var database = new KyselyDatabase(KyselySql.Released);

        var preview = database.Preview(new AdoptRequest());

        Assert.That(preview.Verdict, Is.Null);
        Assert.That(
            preview.Steps.Select(step => step.Id.Name),
            Is.EqualTo(["CoreTables", "GithubIntegration", "PluginInstances"])
        );
        Assert.That(
            preview.AdoptionPoints.Select(point => point.Subject),
            Is.EqualTo([
                "index idx_github_installations_plugin_instance_id",
                "foreign key role_github_repo_capabilities(github_repo_id)",
            ])
        );
    }

    [Test]
    public void A_database_that_was_cut_over_differs_in_four_points()
    {
        using var database = new KyselyDatabase(KyselySql.CutOver);

        var preview = database.Preview(new AdoptRequest());

        Assert.That(preview.Verdict, Is.InstanceOf<RefusedException>());
        Assert.That(preview.Verdict!.Message, Does.Contain("20260222000000_PluginInstances"));
        Assert.That(preview.Verdict.Message, Does.Contain("in 4 points"));
        Assert.That(
            preview.Verdict.Message,
            Does.Contain("newest entry 20260204_210000_github_integration")
        );
        Assert.That(
            preview
                .AdoptionPoints.Where(point => point.Level == PointLevel.Refusal)
                .Select(point => $"{point}"),
            Is.EqualTo([
                "column github_installations.plugin_instance_id: expected NOT NULL, found NULL allowed",
                "foreign key github_installations(plugin_instance_id): expected plugin_instances(id) on delete cascade, found nothing",
                "column plugin_instances.created_at: expected DEFAULT unixepoch(), found nothing",
                "column plugin_instances.updated_at: expected DEFAULT unixepoch(), found nothing",
            ])
        );
    }

    [TestCase(KyselySql.BeforeCutover, "agent_integrations")]
    [TestCase("started", "plugin_instance_cutover_state")]
    public void A_database_that_waits_for_its_own_cutover_is_refused(string sql, string why)
    {
        using var database = new KyselyDatabase(
            sql == "started" ? KyselySql.Legacy + KyselySql.CutoverState(sql) : sql
        );

        var refusal = Assert.Throws<RefusedException>(() => database.Preview(new AdoptRequest()));

        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.PreconditionFailed));
        Assert.That(refusal.Message, Does.Contain(why));
        Assert.That(refusal.NextStep, Does.Contain("0.2.0 to 0.3.0"));
    }

    [TestCase("CREATE TABLE notes (id INTEGER PRIMARY KEY)")]
    [TestCase("")]
    public void A_database_without_anything_of_ours_has_nothing_to_adopt(string sql)
    {
        using var database = new KyselyDatabase(sql + ";PRAGMA user_version = 1");

        Assert.That(database.Succeed(new AdoptRequest()).Steps, Is.Empty);
        Assert.That(
            database.Query("SELECT name FROM sqlite_master WHERE name LIKE 'Version%'"),
            Is.Empty
        );
    }

    [Test]
    public void Adoption_begins_where_the_history_ends()
    {
        using var database = new KyselyDatabase("PRAGMA user_version = 1");
        database.Succeed(new UpRequest(Steps: 1));
        var legacy = KyselySql.Legacy;
        database.Execute(
            legacy[
                legacy.IndexOf(
                    "CREATE TABLE github_installations",
                    StringComparison.Ordinal
                )..legacy.IndexOf("INSERT INTO agents", StringComparison.Ordinal)
            ]
        );

        var result = database.Succeed(new AdoptRequest());

        Assert.That(result.Steps.Select(step => step.Id.Name), Is.EqualTo(["GithubIntegration"]));
    }

    [Test]
    public void What_later_migrations_make_must_not_be_there()
    {
        using var database = new KyselyDatabase(
            KyselySql.Legacy + "CREATE TABLE plugin_instances (id text PRIMARY KEY)"
        );

        var preview = database.Preview(new AdoptRequest());

        Assert.That(preview.Verdict, Is.InstanceOf<RefusedException>());
        Assert.That(
            preview.AdoptionPoints.Select(point => $"{point}"),
            Has.Some.EqualTo(
                "table plugin_instances: expected nothing, found a table, which 20260222000000_PluginInstances makes"
            )
        );
    }
}
