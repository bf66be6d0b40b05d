using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Security;

/// <summary>
/// Whoever can write the journal can have SQL executed by whoever reverts: it stays inside the database, switches nothing
/// off, and does nothing that its class does not do without being asked about.
/// </summary>
public sealed class StoredSql : FaultTests
{
    /// <summary>What is stored, where {0} is a database of somebody else's and {1} a file that does not exist.</summary>
    private static readonly Dictionary<string, string> Outside = new()
    {
        ["an existing file"] =
            "ATTACH '{0}' AS p; CREATE TABLE stolen AS SELECT * FROM p.secrets; INSERT INTO p.secrets VALUES ('by attacker');",
        ["a new file"] = "ATTACH '{1}' AS p; CREATE TABLE p.t (a);",
        ["a new file by a URI"] = "ATTACH 'file:{1}?mode=rwc' AS p; CREATE TABLE p.t (a);",
        ["a copy"] = "CREATE TABLE z (a); VACUUM INTO '{1}';",
        ["no journal"] = "PRAGMA journal_mode = OFF;",
        ["the schema itself"] =
            "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'x' WHERE name = 'agents';",
        ["files moved"] = "PRAGMA temp_store_directory = '/tmp';",
        ["a library"] = "SELECT load_extension('{0}');",
        ["a file read by a function"] = "CREATE TABLE stolen AS SELECT readfile('{0}');",
        ["a file written by a function"] = "SELECT writefile('{1}', 'x');",
        ["pages of the file"] = "CREATE VIRTUAL TABLE stolen USING sqlite_dbpage;",
        ["statistics of its pages"] = "CREATE VIRTUAL TABLE stolen USING dbstat;",
        ["a file as a table"] = "CREATE VIRTUAL TABLE stolen USING csv(filename = '{0}');",
        ["a mark that only classes may have"] =
            "ATTACH '{0}' AS p /* nitejar-migrate: unrestricted */;",
    };

    private static IEnumerable<string> OutsideNames => Outside.Keys;

    [Test]
    public void It_stays_inside([ValueSource(nameof(OutsideNames))] string name) =>
        CheckOutside(Rig, name);

    [Test]
    public void A_dry_run_executes_none_of_it([ValueSource(nameof(OutsideNames))] string name) =>
        CheckDryRun(Rig, name);

    [Test]
    public void Nothing_of_it_happens_without_consent_either(
        [ValueSource(nameof(OutsideNames))] string name
    ) => CheckWithoutConsent(Rig, name);

    [Test]
    public void A_long_text_takes_no_longer_than_its_length() => CheckLength(Rig);

    [Test]
    public void It_does_not_take_the_transaction_from_a_class() => CheckTransaction(Rig);

    [Test]
    public void Another_Down_than_that_of_the_class_is_asked_about() => CheckOtherDown(Rig);

    internal static void CheckOutside(Rig rig, string name)
    {
        foreach (var isForeign in new[] { true, false })
        {
            foreach (var hasTransaction in new[] { true, false })
            {
                using var site = NewSite(rig);
                var down = string.Format(null, Outside[name], Other(site), Copy(site));
                Store(site, down, isForeign, hasTransaction);
                var other = File.ReadAllBytes(Other(site));

                var result = site.Run("down", "-c", "x.db", "--yes", "--no-backup");

                Require.That(result.ExitCode is 1 or 4, $"it was executed: {result}");
                Require.That(
                    other.AsSpan().SequenceEqual(File.ReadAllBytes(Other(site))),
                    $"the other database was changed: {result}"
                );
                Require.That(!File.Exists(Copy(site)), $"a file was written: {result}");
                site.RequireLockFree();
            }
        }
    }

    private static void CheckDryRun(Rig rig, string name)
    {
        using var site = NewSite(rig);
        var down = string.Format(null, Outside[name], Other(site), Copy(site));
        Store(site, down, isForeign: true, hasTransaction: true);
        var (own, other) = (File.ReadAllBytes(site.Database), File.ReadAllBytes(Other(site)));

        site.Run("down", "-c", "x.db", "--dry-run").RequireExit(0);

        Require.That(
            own.AsSpan().SequenceEqual(File.ReadAllBytes(site.Database))
                && other.AsSpan().SequenceEqual(File.ReadAllBytes(Other(site)))
                && !File.Exists(Copy(site)),
            "a dry run has changed something"
        );
    }

    internal static void CheckWithoutConsent(Rig rig, string name)
    {
        using var site = NewSite(rig);
        var down = string.Format(null, Outside[name], Other(site), Copy(site));
        Store(site, "CREATE TABLE mine (a); " + down, isForeign: true, hasTransaction: true);
        var (before, other) = (DatabaseImage.Of(site.Database), File.ReadAllBytes(Other(site)));

        site.Run("down", "-c", "x.db").RequireExit(1, 4, 6);

        Require.Same(DatabaseImage.Of(site.Database), before, "the database");
        Require.That(
            other.AsSpan().SequenceEqual(File.ReadAllBytes(Other(site)))
                && !File.Exists(Copy(site)),
            "something outside was changed"
        );
    }

    /// <summary>3 MB of statements, and one statement of 3 MB: what looks at a text more than once for each of its words takes hours.</summary>
    private static void CheckLength(Rig rig)
    {
        string[] texts =
        [
            string.Concat(Enumerable.Repeat("INSERT INTO many VALUES (1, 'text');\n", 80_000)),
            $"SELECT 1 /* {new string('*', 3_000_000)} */;",
            $"SELECT '{new string('\'', 3_000_000)}';",
        ];
        foreach (var text in texts)
        {
            using var site = NewSite(rig);
            Store(
                site,
                $"CREATE TABLE many (a, b); {text} DROP TABLE many;",
                isForeign: true,
                hasTransaction: true
            );

            site.RunWithin(TimeSpan.FromSeconds(20), "down", "-c", "x.db", "--yes").RequireExit(0);
        }
    }

    internal static void CheckTransaction(Rig rig)
    {
        using var site = NewSite(rig);
        site.Execute($"UPDATE VersionJournal SET Statement = 8 WHERE Version = {Samples.Github}");
        var before = DatabaseImage.Of(site.Database);

        site.Run("down", "-c", "x.db", "--yes").RequireExit(4);

        Require.Same(DatabaseImage.Of(site.Database), before, "the database");
    }

    internal static void CheckOtherDown(Rig rig)
    {
        using var site = NewSite(rig);
        site.Execute(
            $"UPDATE VersionJournal SET DownSql = 'CREATE TABLE mine (a); ALTER TABLE github_repos RENAME TO other' WHERE Version = {Samples.Github}"
        );
        var before = DatabaseImage.Of(site.Database);

        var refused = site.Run("down", "-c", "x.db");

        refused.RequireExit(6);
        Require.That(
            refused.Error.Contains("its class would execute other SQL", StringComparison.Ordinal),
            $"it does not say why: {refused}"
        );
        Require.Same(DatabaseImage.Of(site.Database), before, "the database");
    }

    private static Site NewSite(Rig rig)
    {
        var site = rig.NewSite();
        site.Place(Samples.WithBoth(JournalMode.Delete));
        using var other = new SqliteConnection($"Data Source={Other(site)};Pooling=False");
        other.Open();
        other.Run("CREATE TABLE secrets (a); INSERT INTO secrets VALUES ('theirs')");
        return site;
    }

    private static string Other(Site site) => site.Outside("other.db");

    private static string Copy(Site site) => site.Outside("copy");

    private static void Store(Site site, string down, bool isForeign, bool hasTransaction)
    {
        using var connection = site.Open();
        if (isForeign)
        {
            Foreign.Apply(connection, down);
        }
        else
        {
            connection.Run(
                $"UPDATE VersionJournal SET DownSql = {Sql.Text(down)} WHERE Version = {Samples.Github}"
            );
        }

        if (!hasTransaction)
        {
            connection.Run(
                $"UPDATE VersionJournal SET Statement = 8 WHERE Version = {(isForeign ? Foreign.Version.ToString(null, null) : Samples.Github)}"
            );
        }
    }
}
