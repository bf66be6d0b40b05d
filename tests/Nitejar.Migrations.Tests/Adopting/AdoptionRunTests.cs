using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running;

namespace Nitejar.Migrations.Tests.Adopting;

/// <summary>An adoption records, and touches nothing else; what was adopted stays.</summary>
public sealed class AdoptionRunTests
{
    private static readonly UpRequest WithPlugins = new() { Tags = ["plugin-instances"] };

    [TestCase(KyselySql.Legacy)]
    [TestCase(KyselySql.BeforeCutover)]
    public void Looking_and_being_refused_change_no_byte(string sql)
    {
        using var database = new KyselyDatabase(sql);
        var before = database.Bytes;

        Assert.That(database.Run(new UpRequest()).Failure, Is.InstanceOf<RefusedException>());
        Assert.That(database.Preview(new UpRequest()).Verdict, Is.InstanceOf<RefusedException>());
        Ignore(() => database.Preview(new AdoptRequest()));
        Ignore(() => database.Preview(new UpRequest { Adopts = true }));

        Assert.That(database.Bytes, Is.EqualTo(before));
    }

    [Test]
    public void An_adoption_that_is_refused_changes_no_byte()
    {
        using var database = new KyselyDatabase(KyselySql.CutOver);
        var before = database.Bytes;

        var adopted = database.Run(new AdoptRequest());
        var applied = database.Run(new UpRequest { Adopts = true });

        Assert.That(adopted.Failure, Is.InstanceOf<RefusedException>());
        Assert.That(applied.Failure, Is.InstanceOf<RefusedException>());
        Assert.That(adopted.AdoptionPoints, Has.Count.EqualTo(6));
        Assert.That(database.Bytes, Is.EqualTo(before));
    }

    [Test]
    public void Up_names_every_object_in_the_way_and_the_other_tool()
    {
        using var database = new KyselyDatabase(KyselySql.Released);

        var failure = (MigrateException)database.Run(new UpRequest()).Failure!;

        Assert.That(failure.Message, Does.Contain("8 objects are in the way"));
        Assert.That(failure.Message, Does.Contain("kysely_migration (Kysely)"));
        Assert.That(failure.NextStep, Does.Contain("adopt --dry-run"));
        Assert.That(
            database.Preview(new UpRequest()).Verdict!.Message,
            Is.EqualTo(failure.Message)
        );
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Only_the_history_is_written(bool isReleased)
    {
        using var database = new KyselyDatabase(isReleased ? KyselySql.Released : KyselySql.Legacy);
        var before = database.Dump();

        var result = database.Succeed(new AdoptRequest());

        Assert.That(database.Dump(), Is.EqualTo(before));
        Assert.That(result.Steps.Select(step => step.State), Is.All.EqualTo(StepState.Adopted));
        Assert.That(
            database.Query("SELECT Version, Outcome, DownSql IS NULL FROM VersionJournal"),
            Is.EqualTo(result.Steps.Select(step => $"{step.Id.Version}|adopted|1"))
        );
        Assert.That(
            database.Query("SELECT Version, Description FROM VersionInfo"),
            Is.EqualTo(result.Steps.Select(step => $"{step.Id.Version}|{step.Id.Name}"))
        );
        Assert.That(database.Succeed(new UpRequest()).Steps, Is.Empty);
    }

    [Test]
    public void What_was_adopted_is_never_reverted()
    {
        using var database = new KyselyDatabase(KyselySql.Legacy);
        var before = database.Dump();
        database.Succeed(new AdoptRequest());

        database.Succeed(WithPlugins);
        database.Succeed(new DownRequest());
        var all = database.Run(new DownRequest(All: true)).Failure;
        var again = database.Run(new RedoRequest()).Failure;

        Assert.That(all, Is.InstanceOf<RefusedException>());
        Assert.That(again, Is.InstanceOf<RefusedException>());
        Assert.That(all!.Message, Does.Contain("20240501120000_GithubIntegration was adopted"));
        Assert.That(WithoutParentIndex(database.Dump()), Is.EqualTo(WithoutParentIndex(before)));
    }

    [Test]
    public void Up_adopts_and_goes_on_in_one_run()
    {
        using var database = new KyselyDatabase(KyselySql.Legacy);

        var result = database.Succeed(WithPlugins with { Adopts = true });

        Assert.That(
            result.Steps.Select(step => $"{step.Id.Name} {step.State}"),
            Is.EqualTo([
                "CoreTables Adopted",
                "GithubIntegration Adopted",
                "PluginInstances Applied",
            ])
        );
        Assert.That(
            database.Query("SELECT plugin_id FROM plugin_instances"),
            Is.EqualTo(["builtin.github"])
        );
        Assert.That(
            database.Query("SELECT count(DISTINCT RunId) FROM VersionJournal"),
            Is.EqualTo(["1"])
        );
    }

    [Test]
    public void A_step_that_fails_takes_the_adoption_with_it()
    {
        using var database = new KyselyDatabase(
            KyselySql.Legacy
                + "CREATE TRIGGER stop BEFORE UPDATE ON integrations BEGIN SELECT RAISE(ABORT, 'no'); END;"
        );
        var before = database.Bytes;

        var result = database.Run(WithPlugins with { Adopts = true });

        Assert.That(result.Failure, Is.InstanceOf<MigrationFailedException>());
        Assert.That(
            result.Steps.Select(step => step.State),
            Is.EqualTo([StepState.Undone, StepState.Undone, StepState.Failed])
        );
        Assert.That(database.Bytes, Is.EqualTo(before));
    }

    [Test]
    public void An_adopted_migration_is_checked_for_changes_as_any_other()
    {
        using var database = new KyselyDatabase(KyselySql.Legacy);
        database.Succeed(new AdoptRequest());
        database.Execute("UPDATE VersionJournal SET Checksum = 'x' WHERE Version = 20240101000000");

        Assert.That(
            database.Run(WithPlugins).Failure,
            Is.InstanceOf<CheckFailedException>().With.Message.Contains("20240101000000_CoreTables")
        );
    }

    [Test]
    public void The_journal_keeps_how_it_was_found()
    {
        using var database = new KyselyDatabase(KyselySql.Legacy);

        database.Succeed(new AdoptRequest());

        Assert.That(
            database.Query(
                "SELECT ReversalNote, AdoptedSchema LIKE '%handle text%' FROM VersionJournal WHERE AdoptedSchema IS NOT NULL"
            ),
            Is.EqualTo([
                "index idx_github_installations_integration_id: expected github_installations(integration_id), found nothing|1",
            ])
        );
        using var reader = database.Database.OpenReader(TimeSpan.Zero)!;
        Assert.That(
            reader.ReadJournal().Select(entry => entry.Reversal),
            Is.All.EqualTo(Reversal.None)
        );
    }

    /// <summary>
    /// A Down of the rename leaves the index that ours have and Nitejar's own migrations do not make, and SQLite quotes
    /// names that it has renamed.
    /// </summary>
    private static string WithoutParentIndex(string dump) =>
        string.Join(
            '\n',
            dump.Replace("\"", "", StringComparison.Ordinal)
                .Split('\n')
                .Where(line =>
                    !line.Contains(
                        "index idx_github_installations_integration_id",
                        StringComparison.Ordinal
                    )
                )
        );

    private static void Ignore(Action look)
    {
        try
        {
            look();
        }
        catch (RefusedException refusal)
        {
            TestContext.Out.WriteLine(refusal.Message);
        }
    }
}
