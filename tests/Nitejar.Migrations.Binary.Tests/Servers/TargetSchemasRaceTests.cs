using Npgsql;

namespace Nitejar.Migrations.Binary.Tests.Servers;

/// <summary>Other runs beside one of several schemas, and signals.</summary>
public sealed class TargetSchemasRaceTests : TargetSchemasFixture
{
    private const int Rounds = 2;

    [Test]
    public void A_runner_of_one_schema_and_one_of_all_apply_each_migration_once()
    {
        for (var round = 0; round < Rounds; round++)
        {
            using var first = Place.Start(Call("up"));
            using var second = Place.Start(Call("up"));
            using var alone = Place.Start("up", "-c", $"{Connection};Search Path=tenant_b");
            foreach (var run in (RunningCommand[])[first, second, alone])
            {
                run.WaitForEnd().Exits(0);
            }

            Assert.That(Applied(), Is.EqualTo("2 2 2"));
            Assert.That(
                Query(
                    "SELECT count(*) FROM tenant_b.\"VersionJournal\" WHERE \"Outcome\" = 'applied'"
                ),
                Is.EqualTo($"{2 * (round + 1)}")
            );
            Run("down", "--all", "--yes").Exits(0);
        }
    }

    /// <summary>It holds the lock of that schema and no other.</summary>
    [Test]
    public async Task A_run_waits_for_the_lock_of_one_schema_in_its_turn()
    {
        using var holder = Hold("tenant_b");
        using var alone = Place.Start(
            "up",
            "-c",
            $"{Connection};Search Path=tenant_b",
            "--ddl-lock-timeout",
            "1m"
        );
        WaitForLock();
        using var all = Place.Start(Call("up"));
        await all.WaitForErrorLine("waiting for the lock on ");

        Assert.That(Applied(), Is.EqualTo("2 - -"));
        holder.Close();
        alone.WaitForEnd().Exits(0);
        Assert.That(
            all.WaitForEnd().Exits(0).Error,
            Does.Match(
                @"waiting for the lock on \S+\?schema=tenant_b, until .*; nitejar-migrate \S+ .*holds it"
            )
        );
        Assert.That(Applied(), Is.EqualTo("2 2 2"));
    }

    [TestCase("INT", 130)]
    [TestCase("TERM", 143)]
    public async Task A_signal_ends_the_present_one_and_begins_no_other(string signal, int exitCode)
    {
        using var holder = Hold("tenant_b");
        using var up = Place.Start(Call("up", "--json", "--ddl-lock-timeout", "1m"));
        await up.WaitForErrorLine("schema tenant_b (2 of 3)");
        WaitForLock();

        up.Signal(signal);

        var lines = Lines((await up.WaitForEndAsync()).Exits(exitCode));
        Assert.That(ExitCodes(lines), Is.EqualTo((int[])[0, exitCode, exitCode]));
        Assert.That(
            lines[^1]
                .GetProperty("outcomes")
                .EnumerateArray()
                .Select(outcome =>
                    $"{outcome.GetProperty("state")}: {outcome.GetProperty("targets")}"
                ),
            Is.EqualTo(
                (string[])
                    [
                        "succeeded: [\"tenant_a\"]",
                        "not-run: [\"tenant_c\"]",
                        "failed: [\"tenant_b\"]",
                    ]
            )
        );
        holder.Close();
        Assert.That(Applied(), Is.EqualTo("2 - -"));
        Run("up").Exits(0);
    }

    /// <summary>Creates in a transaction what the first migration creates, so that it waits until that ends.</summary>
    private NpgsqlConnection Hold(string schema)
    {
        var holder = new NpgsqlConnection($"{Connection};Pooling=false");
        holder.Open();
        using var create = new NpgsqlCommand(
            $"BEGIN; CREATE TABLE {schema}.integrations (id integer)",
            holder
        );
        create.ExecuteNonQuery();
        return holder;
    }

    /// <summary>Returns when a run waits for the other transaction.</summary>
    private void WaitForLock()
    {
        while (
            Query(
                "SELECT 1 FROM pg_stat_activity WHERE application_name LIKE 'nitejar-migrate %' AND wait_event_type = 'Lock' AND datname = current_database() LIMIT 1"
            ) == ""
        )
        {
            Thread.Yield();
        }
    }
}
