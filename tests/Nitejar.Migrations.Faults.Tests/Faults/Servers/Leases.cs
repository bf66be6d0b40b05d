using System.Globalization;
using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Servers;

namespace Nitejar.Migrations.Faults.Tests.Faults.Servers;

/// <summary>
/// Runs on servers whose advisory locks keep no one out, where a row of a table says whose turn it is. The server is a
/// PostgreSQL that answers as CockroachDB does.
/// </summary>
/// <remarks>As in <see cref="InterruptedIndexes"/>, `down` executes what the journal says.</remarks>
public sealed class Leases : FaultTests
{
    private const string Version = "20990102000000";
    private const string Hour = "3600";

    private const string Rows =
        "INSERT INTO alone (name) VALUES (''one''); INSERT INTO alone (name) VALUES (''two'');";

    private static readonly SampleSize Cuts = new(1, 3, 100);

    /// <summary>Longer than its lease lasts; between two of its transactions, so that nothing else keeps the next run out.</summary>
    [Test]
    public void A_runner_that_was_stopped_changes_nothing_more() => CheckStopped(Rig);

    [Test]
    public void A_clock_that_is_ahead_takes_nothing_over() => CheckClock(Rig);

    [Test]
    public void A_lease_that_cannot_be_renewed_ends_the_run() => CheckHeartbeat(Rig);

    [Test]
    public void A_commit_whose_answer_is_lost_is_found() => CheckCommit(Rig, CommitCut.After);

    [Test]
    public void A_commit_that_the_server_was_not_asked_for_is_not_reported() =>
        CheckCommit(Rig, CommitCut.Before);

    internal static void CheckStopped(Rig rig)
    {
        using var place = PlaceWith(rig, Rows, Hour);
        CheckHeld(
            place,
            () =>
            {
                place.Execute(
                    """UPDATE "VersionLease" SET "Expires" = clock_timestamp() + interval '1 second'"""
                );
                place
                    .Site.RunToItsEnd(Down(place.Connection, "--lock-timeout", "60s"))
                    .RequireExit(0);
            },
            expected: 7
        );
        RequireRows(place, "one two");
        Require.Same(
            string.Join(
                ' ',
                place.Read(
                    $"""SELECT "Outcome" FROM "VersionJournal" WHERE "Version" = {Version} AND "Direction" = 'down' AND "Outcome" <> 'started' ORDER BY "Id" """
                )
            ),
            "executed executed reverted",
            "the journal"
        );
    }

    internal static void CheckClock(Rig rig)
    {
        using var place = PlaceWith(rig, Rows, Hour);
        using var ahead = rig.NewSite();
        var library = Native.Build(ahead, "clock", "-shared", "-fPIC", "-ldl");
        ahead.Variables["LD_PRELOAD"] = Path.GetRelativePath(ahead.Folder, library);
        ahead.Variables["CLOCK_OFFSET"] = TimeSpan
            .FromDays(1)
            .TotalSeconds.ToString(CultureInfo.InvariantCulture);
        CheckHeld(
            place,
            () =>
                RequireWords(
                    ahead
                        .RunToItsEnd(Down(place.Connection, "--lock-timeout", "0s"))
                        .RequireExit(5),
                    "is locked by a run on"
                ),
            expected: 0
        );
        RequireRows(place, "one two");
    }

    internal static void CheckHeartbeat(Rig rig)
    {
        using var place = PlaceWith(rig, $"SELECT pg_sleep(20); {Rows}", "3");
        using var run = place.Site.Start(Down(place.Connection));
        var end = run.WaitForEndAsync();
        while (
            !end.IsCompleted
            && place
                .Read(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE state = 'idle' AND query LIKE '%"VersionLease"%' AND application_name LIKE 'nitejar-migrate%' AND datname = current_database()
                        AND EXISTS (SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT pg_sleep%')
                    """
                )
                .Length == 0
        )
        {
            Thread.Yield();
        }

        RequireWords(end.GetAwaiter().GetResult().RequireExit(7), "has lost its lease");
        RequireRows(place, "");
    }

    internal static void CheckCommit(Rig rig, CommitCut cut)
    {
        for (var i = 0; i < rig.Choose(Cuts); i++)
        {
            using var place = PlaceWith(rig, "", Hour);
            using var proxy = new CuttingProxy(place.Socket, cut);

            var result = place.Site.RunToItsEnd(Down(place.Through(proxy.Port)));

            Require.That(proxy.HasCut, $"nothing was committed: {result}");
            result.RequireExit(cut == CommitCut.After ? 0 : 7);
            Require.Same(
                string.Join(
                    ' ',
                    place.Read(
                        $"""SELECT "Outcome" FROM "VersionJournal" WHERE "Version" = {Version} AND "Direction" = 'down'"""
                    )
                ),
                cut == CommitCut.After ? "reverted" : "",
                "the journal"
            );
        }
    }

    /// <summary>Stops a run between two of its transactions while something else is done, and lets it continue.</summary>
    private static void CheckHeld(ServerPlace place, Action whileStopped, int expected)
    {
        var stopped = new TaskCompletionSource();
        using var done = new ManualResetEventSlim();
        using var proxy = new CuttingProxy(place.Socket, CommitCut.None)
        {
            OnCut = () =>
            {
                stopped.SetResult();
                done.Wait();
            },
        };
        using var run = place.Site.Start(Down(place.Through(proxy.Port)));
        var end = run.WaitForEndAsync();
        try
        {
            Task.WaitAny(stopped.Task, end);
            Require.That(!end.IsCompleted, "the run has ended before it was stopped");
            run.Signal("STOP");
            whileStopped();
            run.Signal("CONT");
        }
        finally
        {
            done.Set();
        }

        end.GetAwaiter().GetResult().RequireExit(expected);
    }

    private static void RequireWords(CommandResult result, string words) =>
        Require.That(
            result.Error.Contains(words, StringComparison.Ordinal),
            $"does not say `{words}`: {result}"
        );

    private static void RequireRows(ServerPlace place, string rows) =>
        Require.Same(
            string.Join(' ', place.Read("SELECT name FROM alone ORDER BY id")),
            rows,
            "what was inserted"
        );

    private static string[] Down(string connection, params string[] more) =>
        ["down", "-c", connection, "--yes", "--no-archive", "--engine-untested", .. more];

    private static ServerPlace PlaceWith(Rig rig, string statements, string seconds)
    {
        var place = new ServerPlace(rig);
        place.Site.Run("up", "-c", place.Connection, "--to", Samples.Core).RequireExit(0);
        place.Execute(
            $"""
            {PretendedEngine.AsCockroach}
            CREATE TABLE alone (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);
            CREATE TABLE "VersionLease" ("Id" integer PRIMARY KEY, "Owner" text, "Expires" timestamptz, "Seconds" double precision NOT NULL);
            INSERT INTO "VersionLease" VALUES (1, NULL, NULL, {seconds});
            INSERT INTO "VersionJournal" ("RunId", "Version", "Name", "Direction", "Outcome", "Reversal", "Provider", "BinaryVersion", "Host", "StartedAt", "Statement", "DownSql")
            SELECT 'begun', {Version}, 'Alone', 'up', 'started', 'sql', "Provider", "BinaryVersion", "Host", "StartedAt", 1, '{statements}'
            FROM "VersionJournal"
            """
        );
        return place;
    }
}
