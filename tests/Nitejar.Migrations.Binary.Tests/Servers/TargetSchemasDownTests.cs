using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Servers;

/// <summary><c>down</c> in several schemas: one question for all, and never further than was meant.</summary>
public sealed class TargetSchemasDownTests : TargetSchemasFixture
{
    private const string Question = "Continue? [y/N]";

    [SetUp]
    public void Migrate()
    {
        Run("up").Exits(0);
        AddRow("tenant_b");
    }

    [Test]
    public void Without_a_terminal_each_is_reverted_or_refused_as_if_it_were_alone()
    {
        var lines = Lines(Run("down", "--json").Exits(8));

        Assert.That(ExitCodes(lines), Is.EqualTo((int[])[0, 6, 0, 8]));
        Assert.That(Applied(), Is.EqualTo("1 2 1"));
    }

    /// <summary>What was reverted already would be reverted further.</summary>
    [Test]
    public void What_would_not_mean_the_same_in_each_is_refused()
    {
        Run("down").Exits(8);

        foreach (
            var more in (string[][])
                [
                    ["--yes"],
                    ["--steps", "1", "--yes"],
                    ["--dry-run"],
                ]
        )
        {
            Assert.That(
                Run("down", more).Exits(6).Error,
                Does.Contain(
                        "20240101000000_CoreTables in tenant_a, tenant_c; 20240501120000_GithubIntegration in tenant_b"
                    )
                    .And.Contain("Name the version with --to")
            );
        }

        Run("up", "--steps", "1").Exits(0);
        Assert.That(Applied(), Is.EqualTo("2 2 2"));
        Run("down", "--to", Core, "--yes").Exits(0);
        Run("down", "--to", Core, "--yes").Exits(0);
        Assert.That(Applied(), Is.EqualTo("1 1 1"));
        Assert.That(
            Run("up").Exits(0).Output,
            Does.Contain("  tenant_b: restored: github_installations (1 row)\n")
        );
    }

    /// <summary>It could be one that is behind the others.</summary>
    [Test]
    public void So_is_what_cannot_be_told_in_one()
    {
        Query("UPDATE tenant_c.\"VersionJournal\" SET \"Outcome\" = 'unheard-of'");

        Assert.That(Run("down", "--yes").Exits(6).Error, Does.Contain("an error in tenant_c"));
        Assert.That(Applied(), Is.EqualTo("2 2 2"));
    }

    [Test]
    public async Task A_person_is_asked_once_with_the_plan_of_each()
    {
        Query("ALTER SCHEMA tenant_c RENAME TO other_c; CREATE SCHEMA tenant_c");
        using var down = Place.StartOnTerminal(Call("down"));
        await down.WaitForOutput(Question);
        down.Type("y\n");

        var result = (await down.WaitForEndAsync()).Exits(0);

        Assert.That(
            result.Output.ReplaceLineEndings("\n"),
            Does.Contain(
                """
                This reverts 20240501120000_GithubIntegration in 2 schemas:
                  tenant_a
                  tenant_b; removes github_installations (1 row)
                Nothing to revert in:
                  tenant_c
                Continue? [y/N]
                """
            )
        );
        Assert.That(result.Output.Split(Question), Has.Length.EqualTo(2));
        Assert.That(Applied(), Is.EqualTo("1 1 -"));
    }

    [Test]
    public async Task A_no_is_a_no_to_all()
    {
        using var down = Place.StartOnTerminal(Call("down"));
        await down.WaitForOutput(Question);
        down.Type("n\n");

        (await down.WaitForEndAsync()).Exits(6);

        Assert.That(Applied(), Is.EqualTo("2 2 2"));
    }

    /// <summary>Of two another run and an insert have come between question and answer.</summary>
    [Test]
    public async Task The_answer_is_for_what_was_shown()
    {
        using var down = Place.StartOnTerminal(Call("down", "--all"));
        await down.WaitForOutput(Question);
        Place.Run("down", "-c", $"{Connection};Search Path=tenant_a").Exits(0);
        AddRow("tenant_c");
        down.Type("y\n");

        var result = (await down.WaitForEndAsync()).Exits(8);

        Assert.That(
            result.Output,
            Does.Contain("exit code 4, plan-changed").And.Contain("exit code 6, rows-would-be-lost")
        );
        Assert.That(Applied(), Is.EqualTo("1 0 2"));
    }
}
