using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Commands;

/// <summary>What <c>drift</c> answers.</summary>
public sealed class DriftTests
{
    private const string Database = LibraryFile.Name;

    private readonly Host _host = Library.Host();
    private WorkingFolder _folder = null!;

    [SetUp]
    public void Enter() => _folder = new WorkingFolder();

    [TearDown]
    public void Leave() => _folder.Dispose();

    [Test]
    public void Nothing_has_changed()
    {
        LibraryFile.RequireSuccess(_host.Run("up", "-c", Database));

        var drift = _host.Run("drift", "-c", Database);

        LibraryFile.RequireSuccess(drift);
        Assert.That(drift.Answer, Is.EqualTo($"{Database}: as its migrations leave it\n"));
    }

    [Test]
    public void A_change_is_told_with_both_sides()
    {
        LibraryFile.RequireSuccess(_host.Run("up", "-c", Database));
        LibraryFile.Execute("ALTER TABLE books ADD COLUMN pages INTEGER");

        var drift = _host.Run("drift", "-c", Database);

        Assert.That(drift.ExitCode, Is.EqualTo(4));
        Assert.That(drift.Answer, Does.Contain("column  books.pages  -         INTEGER"));
    }

    [Test]
    public void Status_mentions_it()
    {
        LibraryFile.RequireSuccess(_host.Run("up", "-c", Database));
        Assert.That(_host.Run("status", "-c", Database).Answer, Does.Not.Contain("drift"));
        LibraryFile.Execute("ALTER TABLE books ADD COLUMN pages INTEGER");

        var status = _host.Run("status", "-c", Database);

        LibraryFile.RequireSuccess(status);
        Assert.That(
            status.Answer,
            Does.EndWith(
                "drift: 1 object not as the migrations left it (table books); `drift` says in what\n"
            )
        );
        Assert.That(
            _host.Run("status", "-c", Database, "--json").Answer,
            Does.Contain("\"drifted\": [\n    \"table books\"\n  ]")
        );
    }

    [Test]
    public void A_database_that_does_not_exist_is_an_error()
    {
        Assert.That(_host.Run("drift", "-c", Database).ExitCode, Is.EqualTo(7));
        Assert.That(File.Exists(Database), Is.False);
    }
}
