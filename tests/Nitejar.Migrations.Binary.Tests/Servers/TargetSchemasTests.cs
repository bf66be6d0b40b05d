using System.Text.Json;

namespace Nitejar.Migrations.Binary.Tests.Servers;

/// <summary><c>--target-schemas</c>: each schema as if it were alone, and one report.</summary>
public sealed class TargetSchemasTests : TargetSchemasFixture
{
    [Test]
    public void One_that_fails_stops_no_other()
    {
        Obstruct("tenant_b");

        var result = Run("up").Exits(8);

        Assert.That(Applied(), Is.EqualTo("2 - 2"));
        Assert.That(
            result.Output,
            Does.Match(
                """
                ^\S+: tenant_\*

                succeeded \(2\): 2 migrations applied \(20240101000000_CoreTables to 20240501120000_GithubIntegration\)
                  tenant_a
                  tenant_c

                failed \(1\): exit code 6, objects-exist
                  tenant_b: .*table agents\.

                3 schemas: 2 succeeded, 1 failed, in .*
                $
                """
            )
        );
        Assert.That(
            result.Error,
            Does.Contain("error: tenant_b: 20240101000000_CoreTables makes something")
                .And.Contain("error: 1 of 3 schemas failed: tenant_b.")
        );
    }

    [Test]
    public void Programs_read_a_line_for_each_and_one_for_all()
    {
        Obstruct("tenant_b");

        var lines = Lines(Run("up", "--json").Exits(8));

        Assert.That(ExitCodes(lines), Is.EqualTo((int[])[0, 6, 0, 8]));
        Assert.That(
            lines[..^1].Select(line => line.GetProperty("target").GetString()),
            Is.EqualTo((string[])["tenant_a", "tenant_b", "tenant_c"])
        );
        Assert.That(
            lines[^1].GetProperty("error").GetProperty("code").GetString(),
            Is.EqualTo("targets-failed")
        );
        Assert.That(lines[^1].GetProperty("worstExitCode").GetInt32(), Is.EqualTo(6));
    }

    [Test]
    public void Run_again_it_does_what_is_left()
    {
        Obstruct("tenant_b");
        Obstruct("tenant_a");
        Obstruct("tenant_c");
        Run("up").Exits(8);
        Assert.That(Applied(), Is.EqualTo("- - -"));
        Query("DROP TABLE tenant_a.agents; DROP TABLE tenant_b.agents");
        Run("up").Exits(8);
        Query("DROP TABLE tenant_c.agents");

        var result = Run("up").Exits(0);

        Assert.That(result.Output, Does.Contain("nothing to do (2)").And.Contain("succeeded (1)"));
        Assert.That(Applied(), Is.EqualTo("2 2 2"));
    }

    [Test]
    public void Status_shows_where_each_is()
    {
        Place.Run("up", "-c", Connection, "--target-schemas", "*_a").Exits(0);

        var result = Run("status", "--check").Exits(3);

        Assert.That(
            result.Output,
            Does.Contain(
                    "up to date (1): 2 applied, 0 pending, 1 not chosen, newest 20240501120000_GithubIntegration\n  tenant_a\n"
                )
                .And.Contain(
                    "pending (2): 0 applied, 2 pending, 1 not chosen\n  tenant_b\n  tenant_c\n"
                )
        );
        Run("status").Exits(0);
        Run("up").Exits(0);
        Run("status", "--check").Exits(0);
        Query(
            "UPDATE tenant_c.\"VersionJournal\" SET \"Checksum\" = 'other' WHERE \"Version\" = 20240101000000"
        );
        Assert.That(
            ExitCodes(Lines(Run("status", "--json").Exits(8))),
            Is.EqualTo((int[])[0, 0, 4, 8])
        );
    }

    /// <summary>As a reviewer would: all of it goes into psql.</summary>
    [Test]
    public void A_dry_run_is_a_script()
    {
        var script = Run("up", "--dry-run").Exits(0).Output;

        Assert.That(Applied(), Is.EqualTo("- - -"));
        Assert.That(script, Does.Contain("-- succeeded (3): would apply 2 migrations ("));
        Query(script);
        Assert.That(
            Query("SELECT count(*) FROM pg_tables WHERE tablename = 'github_repos'"),
            Is.EqualTo("3")
        );
    }

    [Test]
    public void A_pattern_never_chooses_the_servers_own() =>
        Assert.That(
            Lines(
                Place.Run("status", "-c", Connection, "--target-schemas", "*", "--json").Exits(0)
            )[..^1]
                .Select(line => line.GetProperty("target").GetString()),
            Is.EqualTo((string[])["other", "public", "tenant_a", "tenant_b", "tenant_c"])
        );

    [Test]
    public void What_makes_no_sense_is_one_sentence()
    {
        AssertRefused("No schema of ", "up", "-c", Connection, "--target-schemas", "x*");
        AssertRefused(
            "which has no schemas to choose from",
            "status",
            "-c",
            "x.db",
            "--target-schemas",
            "*"
        );
        AssertRefused(
            "The connection names the schema other",
            "up",
            "-c",
            $"{Connection};Search Path=other",
            "--target-schemas",
            "*"
        );
        AssertRefused(
            "--target-schemas and --out exclude each other",
            Call("down", "--out", "x.json", "--dry-run")
        );
        AssertRefused(
            "--target-schemas and --plan exclude each other",
            Call("up", "--plan", "x.json")
        );
        AssertRefused(
            "--target-schemas and --allow-empty-file exclude each other",
            Call("up", "--allow-empty-file")
        );
        AssertRefused("wants a pattern", "up", "-c", Connection, "--target-schemas", "");
        Place.Variables["MIGRATION_RECEIPT_PATH"] = Place["receipt.json"];
        AssertRefused("MIGRATION_RECEIPT_PATH names one file", Call("up"));
        Assert.That(Applied(), Is.EqualTo("- - -"));
    }

    [Test]
    public void Each_leaves_its_receipt()
    {
        Obstruct("tenant_b");
        Directory.CreateDirectory(Place["receipts"]);
        Place.Write(
            "migrations.json",
            $$"""
            { "environments": { "e": { "connection": "{{Connection.Replace(
                "\\",
                "\\\\"
            )}}", "receiptDirectory": "receipts" } } }
            """
        );

        Place.Run("up", "-e", "e", "--target-schemas", Tenants).Exits(8);

        var receipts = Directory
            .GetFiles(Place["receipts"])
            .Select(file => JsonElement.Parse(File.ReadAllText(file)))
            .Select(receipt =>
                $"{receipt.GetProperty("target")} {receipt.GetProperty("exitCode")}"
            );
        Assert.That(
            receipts,
            Is.EquivalentTo((string[])["tenant_a 0", "tenant_b 6", "tenant_c 0"])
        );
    }

    [Test]
    public void The_password_of_the_connection_is_not_shown()
    {
        const string password = "pa55word-of-tenants";
        Obstruct("tenant_b");

        foreach (
            var more in (string[][])
                [
                    [],
                    ["--json"],
                    ["--verbose"],
                ]
        )
        {
            var result = Place.Run([
                "up",
                "-c",
                $"{Connection};Password={password}",
                "--target-schemas",
                Tenants,
                .. more,
            ]);
            Assert.That($"{result.Exits(8).Output}{result.Error}", Does.Not.Contain(password));
        }
    }

    private void AssertRefused(string words, params string[] call) =>
        Assert.That(Place.Run(call).Exits(2).Error, Does.Contain(words));
}
