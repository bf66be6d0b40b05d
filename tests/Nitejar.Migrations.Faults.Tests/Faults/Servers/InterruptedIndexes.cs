using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Servers;
using Npgsql;

namespace Nitejar.Migrations.Faults.Tests.Faults.Servers;

/// <summary>
/// A runner is killed, cancelled or loses its session in the middle of CREATE INDEX CONCURRENTLY: the next run continues
/// where it was, the index is there once and valid, and no other statement is executed twice.
/// </summary>
/// <remarks>The published program has no such migration; the journal says that one was begun, which `down` then executes.</remarks>
public sealed class InterruptedIndexes : FaultTests
{
    private const string Version = "20990102000000";
    private static readonly SampleSize Interruptions = new(2, 4, 200);

    private const string Statements = """
        INSERT INTO alone (name) VALUES (''before'');
        CREATE UNIQUE INDEX CONCURRENTLY alone_name ON alone (name);
        INSERT INTO alone (name) VALUES (''after'');
        """;

    [Test]
    public void The_runner_is_killed() => Check(Rig, Interruption.Kill);

    [Test]
    public void The_runner_is_cancelled() => Check(Rig, Interruption.Cancel);

    [Test]
    public void The_session_is_ended() => Check(Rig, Interruption.EndSession);

    internal static void Check(Rig rig, Interruption interruption) =>
        Rig.Each(
            Enumerable.Range(0, rig.Choose(Interruptions)),
            number =>
            {
                using var place = PlaceWithIndex(rig);
                var isDone = Interrupt(place, interruption, isMadeAllTheSame: number % 2 == 1);
                if (!isDone)
                {
                    place.Site.RunToItsEnd(Down(place)).RequireExit(0);
                }

                Require.Same(
                    string.Join(' ', place.Read("SELECT name FROM alone ORDER BY id")),
                    "before after",
                    "what the other statements inserted"
                );
                Require.Same(
                    string.Join(
                        ' ',
                        place.Read(
                            "SELECT indexrelid::regclass || ' ' || indisvalid FROM pg_index WHERE indrelid = 'alone'::regclass AND NOT indisprimary"
                        )
                    ),
                    "alone_name true",
                    "the index"
                );
                place.Site.RunToItsEnd("up", "-c", place.Connection).RequireExit(0);
                Require.Same(
                    string.Join(' ', place.Applied()),
                    $"{Samples.Core} {Samples.Github}",
                    "VersionInfo"
                );
            }
        );

    /// <param name="place">Where.</param>
    /// <param name="interruption">By what.</param>
    /// <param name="isMadeAllTheSame">Whether what the statement waits for ends before the server has noticed the death of its client, so that it makes the index for no one.</param>
    /// <returns>Whether the run reports that all is done: a signal may come after it. An interruption of another kind leaves nothing that could.</returns>
    private static bool Interrupt(
        ServerPlace place,
        Interruption interruption,
        bool isMadeAllTheSame
    )
    {
        // An index is not valid before every transaction has ended that began before it.
        using var older = place.Open();
        ServerPlace.Execute(older, "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1");
        using var run = place.Site.Start(Down(place));
        WaitUntil(place, $"SELECT 1 {Making} AND wait_event_type = 'Lock'");

        switch (interruption)
        {
            case Interruption.Kill:
                run.Signal("KILL");
                break;
            case Interruption.Cancel:
                run.Signal("INT");
                break;
            case Interruption.EndSession:
                place.Execute($"SELECT pg_terminate_backend(pid) {Making}");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(interruption));
        }

        if (isMadeAllTheSame)
        {
            ServerPlace.Execute(older, "ROLLBACK");
        }

        var result = run.WaitForEnd();
        var isDone = result.ExitCode == 0;
        var mayBeDone = interruption == Interruption.Cancel && isMadeAllTheSame;
        Require.That(!isDone || mayBeDone, $"reports success: {result}");
        WaitUntil(place, $"SELECT 1 WHERE NOT EXISTS (SELECT 1 {Making})");
        return isDone;
    }

    private const string Making =
        "FROM pg_stat_activity WHERE query LIKE 'CREATE UNIQUE INDEX%' AND state = 'active' AND pid <> pg_backend_pid() AND datname = current_database()";

    private static void WaitUntil(ServerPlace place, string query)
    {
        using var connection = place.Open();
        using var command = new NpgsqlCommand(query, connection);
        while (command.ExecuteScalar() is null)
        {
            Thread.Yield();
        }
    }

    private static string[] Down(ServerPlace place) =>
        ["down", "-c", place.Connection, "--yes", "--no-archive"];

    private static ServerPlace PlaceWithIndex(Rig rig)
    {
        var place = new ServerPlace(rig);
        place.Site.Run("up", "-c", place.Connection, "--to", Samples.Core).RequireExit(0);
        place.Execute(
            $"""
            CREATE TABLE alone (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);
            INSERT INTO "VersionJournal" ("RunId", "Version", "Name", "Direction", "Outcome", "Reversal", "Provider", "BinaryVersion", "Host", "StartedAt", "Statement", "DownSql")
            SELECT 'begun', {Version}, 'Alone', 'up', 'started', 'sql', "Provider", "BinaryVersion", "Host", "StartedAt", 1, '{Statements}'
            FROM "VersionJournal"
            """
        );
        return place;
    }
}

/// <summary>What interrupts a statement.</summary>
internal enum Interruption
{
    /// <summary>SIGKILL of the runner.</summary>
    Kill,

    /// <summary>SIGINT of the runner, which cancels the statement.</summary>
    Cancel,

    /// <summary>The server ends the session.</summary>
    EndSession,
}
