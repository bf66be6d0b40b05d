namespace Nitejar.Migrations.Binary.Tests.Documentation;

/// <summary>The blocks of docs/recipes that use its files.</summary>
[Platform("Linux")]
public sealed class RecipeBlockTests : DocumentTests
{
    private const string Document = "docs/recipes/README.md";

    private static string Repository => PublishedBinary.RepositoryFolder();

    [Test]
    public void The_entrypoint_migrates_under_the_lock_file_and_starts_the_server()
    {
        Note("node");
        File.CreateSymbolicLink(
            Place["bin/migrate-then-start"],
            Path.Combine(Repository, "docs/recipes/migrate-then-start")
        );
        Directory.CreateDirectory(Place[".nitejar/run"]);
        Place.Variables["DATABASE_URL"] = Place["nitejar.db"];

        Run(Document, "NITEJAR_MIGRATE_LOCK=").Exits(0);

        Assert.That(File.ReadAllText(Place["node"]), Is.EqualTo("apps/web/server.js\n"));
        Place.Run("status", "--check", "--tags", "plugin-instances", "-c", "nitejar.db").Exits(0);
        Assert.That(Place[".nitejar/run/migrate.lock"], Does.Not.Exist);
    }

    [Test]
    public void The_units_are_put_where_systemd_looks()
    {
        Note("systemctl");
        Directory.CreateDirectory(Place["systemd/system"]);
        Directory.CreateSymbolicLink(Place["docs"], Path.Combine(Repository, "docs"));

        Run(Document, "install ").Exits(0);

        Assert.That(Place["systemd/system/nitejar-migrate.service"], Does.Exist);
        Assert.That(Place["systemd/system/nitejar.service.d/migrate.conf"], Does.Exist);
        Assert.That(
            File.ReadAllText(Place["systemctl"]),
            Is.EqualTo("daemon-reload\nrestart nitejar\n")
        );
    }
}
