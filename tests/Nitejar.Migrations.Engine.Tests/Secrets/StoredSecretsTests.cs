using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Secrets;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Engine.Tests.Secrets;

/// <summary>What a migration writes stays in the journal, which is said where it looks like a secret.</summary>
public sealed class StoredSecretsTests : ConformanceTests<SqliteTestDatabase>
{
    // In two parts, so that no scanner of repositories takes them for real ones.
    private const string Random = "R4nd0mLetters" + "AndD1g1ts0fNobody42abc";
    private const string Gh = "gh" + "p_" + Random;

    [TestCase("INSERT INTO t (a) VALUES ('" + Gh + "')", "a GitHub token")]
    [TestCase("INSERT INTO t VALUES (1, 'x' || '" + Gh + "')", "a GitHub token")]
    [TestCase("REPLACE INTO t (a) SELECT '{\"k\":\"" + Gh + "\"}'", "a GitHub token")]
    [TestCase("WITH c AS (SELECT 1) INSERT INTO t (a) SELECT '" + Gh + "'", "a GitHub token")]
    [TestCase("update t set a = 'github_" + "pat_" + Random + "'", "a GitHub token")]
    [TestCase("UPDATE t SET a = 's" + "k-" + Random + "'", "an API key")]
    [TestCase("UPDATE t SET a = 'AKI" + "AABCDEFGH12345678'", "an AWS access key")]
    [TestCase("UPDATE t SET a = 'xox" + "b-1234567890-" + Random + "'", "a Slack token")]
    [TestCase("UPDATE t SET a = 'ey" + "J" + Random + ".eyJ" + Random + ".x'", "a JSON Web Token")]
    [TestCase(
        "INSERT INTO t (a) VALUES ('-----BEGIN RSA " + "PRIVATE KEY-----\nMII...')",
        "a private key"
    )]
    [TestCase(
        "INSERT INTO t (\"id\", \"access_token\") VALUES (1, 'a'), (2, '" + Random + "')",
        "a secret in the column access_token"
    )]
    [TestCase(
        "UPDATE t SET [webhookSecret] = '" + Random + "' WHERE id = 1",
        "a secret in the column webhookSecret"
    )]
    [TestCase(
        "/* it's */ INSERT INTO s.t (a, b, private_key) VALUES (lower('x,y'), 'it''s', '"
            + Random
            + "')",
        "a secret in the column private_key"
    )]
    public void A_secret_is_named_by_its_kind_and_never_shown(string sql, string kind)
    {
        var warnings = WarningsOf(sql);

        Assert.That(
            warnings,
            Is.EqualTo([
                $"1_Seed writes what looks like {kind}, and VersionJournal keeps its SQL: replace the secret, and have the application write it.",
            ])
        );
        Assert.That(warnings[0], Does.Not.Contain(Random));
    }

    [TestCase("INSERT INTO t (a) VALUES ('x')")]
    [TestCase("CREATE TABLE t (a TEXT DEFAULT '" + Gh + "')")]
    [TestCase("-- INSERT INTO t VALUES ('" + Gh + "')\nSELECT 1")]
    [TestCase(
        "UPDATE t SET a = 1 -- checksum e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b"
    )]
    [TestCase(
        "UPDATE t SET a = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'"
    )]
    [TestCase("UPDATE t SET token = '1b4e28ba-2fa1-11d2-883f-0016d3cca427'")]
    [TestCase("UPDATE t SET token = 'enc:" + Random + "'")]
    [TestCase("UPDATE t SET token = 'short1'")]
    [TestCase("UPDATE t SET secret = 'Not yet known, see chapter 12 of the book'")]
    [TestCase("UPDATE t SET token = 'aaaaaaaaaaaaaaaaaaaaaaaa1'")]
    [TestCase("UPDATE t SET password_hash = '" + Random + "'")]
    [TestCase("UPDATE t SET token_id = '" + Random + "'")]
    [TestCase("INSERT INTO t (token, a) VALUES ('x', '" + Random + "')")]
    [TestCase("UPDATE t SET a = 'desk-organisers-of-the-world-2024'")]
    [TestCase(
        "UPDATE t SET a = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ'"
    )]
    public void What_is_no_secret_is_no_warning(string sql)
    {
        Assert.That(WarningsOf(sql), Is.Empty);
    }

    [Test]
    public void A_run_warns_once_of_each_kind()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Sql(
                1,
                "Seed",
                $"CREATE TABLE t (a); INSERT INTO t VALUES ('{Gh}'); INSERT INTO t VALUES ('{Gh}')",
                "DROP TABLE t"
            )
        );

        var result = Run(catalog, new UpRequest());

        Assert.That(result.Failure, Is.Null);
        Assert.That(result.Warnings, Has.Count.EqualTo(1));
        Assert.That(result.Warnings[0], Does.Contain("a GitHub token").And.Not.Contain(Random));
        Assert.That(Run(catalog, new DownRequest()).Warnings, Is.Empty);
    }

    private static string[] WarningsOf(string sql)
    {
        var known = MigrationsOf.Sql(1, "Seed", sql);
        var script = new Engine.FluentMigrations.MigrationCompiler(SqliteDriver.Instance).Compile(
            known,
            Direction.Up,
            schema: null
        );
        return [.. StoredSecrets.WarningsOf(PlanStep.FromCatalog(known, Direction.Up), script)];
    }
}
