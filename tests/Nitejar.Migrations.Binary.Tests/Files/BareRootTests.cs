using System.Runtime.Versioning;
using System.Text.Json;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Files;

/// <summary>Where the program runs: a root folder with nothing but the program and the C library.</summary>
[TestFixture("0")]
[TestFixture("65534")]
[UnsupportedOSPlatform("windows")]
public sealed class BareRootTests(string user) : WorkplaceTests
{
    private BareRoot _root = null!;

    [SetUp]
    public void Build() => _root = new BareRoot(Place, user);

    [Test]
    public void A_deploy_an_incident_and_a_check()
    {
        _root.Run("up", "-c", "/data/x.db").Exits(0);
        Place.Sqlite(
            _root["x.db"],
            "INSERT INTO integrations (id, type, name, created_at, updated_at) VALUES ('i', 'github', 'n', 1, 2); INSERT INTO github_installations VALUES (1, 11, 'acme', 7, 'i', 1, 2);"
        );
        _root.Run("down", "-c", "/data/x.db", "--yes").Exits(0);
        _root.Run("up", "-c", "/data/x.db").Exits(0);
        _root.Run("redo", "-c", "/data/x.db", "--steps", "9", "--yes").Exits(0);
        _root.Run("backup", "-c", "/data/x.db", "--to", "/data/b.db").Exits(0);
        _root.Run("restore", "/data/b.db", "-c", "/data/x.db", "--yes").Exits(0);
        _root.Run("status", "-c", "/data/x.db", "--check").Exits(0);

        Assert.That(
            Place.Sqlite(_root["x.db"], "SELECT account_login FROM github_installations;"),
            Is.EqualTo("acme")
        );
        Assert.That(
            Place.Sqlite(_root["x.db"], "SELECT DISTINCT User FROM VersionJournal;"),
            Is.EqualTo(user),
            "the account has no name there"
        );
    }

    /// <summary>Sorting more than its cache holds needs a file; so does the journal of a statement.</summary>
    [Test]
    public void What_does_not_fit_into_memory_goes_beside_the_database()
    {
        _root.Run("up", "-c", "/data/x.db").Exits(0);
        Place.Sqlite(
            _root["x.db"],
            """
            INSERT INTO integrations (id, type, name, created_at, updated_at) VALUES ('i', 'github', 'n', 1, 2);
            INSERT INTO github_installations VALUES (1, 11, 'acme', 7, 'i', 1, 2);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)
            INSERT INTO github_repos (repo_id, full_name, installation_id, created_at, updated_at)
            SELECT i * 7919 % 300007, 'acme/' || i, 1, 1, 1 FROM n;
            """
        );

        _root.Run("redo", "-c", "/data/x.db", "--yes", "--no-backup").Exits(0);

        Assert.That(
            Place.Sqlite(_root["x.db"], "SELECT count(*) FROM github_repos;"),
            Is.EqualTo("300000")
        );
    }

    [TestCase("up", "-c", "/data/new.db")]
    [TestCase("status", "-c", "/data/x.db")]
    public void Without_the_library_of_SQLite_it_says_so(params string[] arguments)
    {
        File.Copy(PublishedBinary.ProgramFile, _root["x.db"]);
        _root.ForgetLibrary();

        var result = _root.Run([.. arguments, "--json"]).Exits(2);

        using var answer = JsonDocument.Parse(result.Output);
        Assert.That(
            answer.RootElement.GetProperty("error").GetProperty("code").GetString(),
            Is.EqualTo("library-missing")
        );
        Assert.That(
            result.Error,
            Does.Contain("libe_sqlite3").And.Contain("Copy the whole folder")
        );
        Assert.That(
            Directory.GetFiles(Path.GetDirectoryName(_root["x.db"])!),
            Has.Length.EqualTo(1)
        );
    }
}
