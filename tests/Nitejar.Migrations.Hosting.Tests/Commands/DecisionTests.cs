using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Commands;

/// <summary>What is refused until somebody decides, and what happens when somebody has.</summary>
public sealed class DecisionTests
{
    private const string Database = LibraryFile.Name;
    private WorkingFolder _folder = null!;

    [SetUp]
    public void Enter() => _folder = new WorkingFolder();

    [TearDown]
    public void Leave() => _folder.Dispose();

    [Test]
    public void A_changed_migration_is_exit_4_once_something_is_pending()
    {
        LibraryFile.RequireSuccess(
            new Host(Library.Authors, Library.Books).Run("up", "-c", Database)
        );
        var changed = new Host(Library.Authors, Library.ChangedBooks, Library.Shelves);

        Assert.Multiple(() =>
        {
            Assert.That(changed.Run("up", "-c", Database).ExitCode, Is.EqualTo(4));
            Assert.That(changed.Run("up", "--dry-run", "-c", Database).ExitCode, Is.EqualTo(4));
            Assert.That(changed.Run("status", "-c", Database).ExitCode, Is.EqualTo(4));
        });

        LibraryFile.RequireSuccess(
            changed.Run("up", "-c", Database, "--accept-changed", "20250201000000")
        );
        LibraryFile.RequireSuccess(changed.Run("status", "-c", Database, "--check"));
    }

    [Test]
    public void A_breaking_change_is_exit_6_unless_it_is_allowed()
    {
        var host = new Host(Library.Authors, Library.Closed);

        var refused = host.Run("up", "-c", Database);
        Assert.That(refused.ExitCode, Is.EqualTo(6), refused.ToString());
        Assert.That(refused.Diagnostics, Does.Contain("--allow-breaking"));
        Assert.That(host.Run("up", "-c", Database, "--dry-run").ExitCode, Is.EqualTo(6));

        LibraryFile.RequireSuccess(
            host.Run("up", "-c", Database, "--allow-breaking", "--dry-run", "--out", "p.json")
        );
        LibraryFile.RequireSuccess(host.Run("up", "-c", Database, "--plan", "p.json"));
    }

    [Test]
    public void A_change_that_is_accepted_is_said_to_be_recorded_also_with_nothing_pending()
    {
        LibraryFile.RequireSuccess(
            new Host(Library.Authors, Library.Books).Run("up", "-c", Database)
        );
        var changed = new Host(Library.Authors, Library.ChangedBooks);

        var outcome = changed.Run("up", "-c", Database, "--accept-changed", "20250201000000");

        LibraryFile.RequireSuccess(outcome);
        Assert.That(
            outcome.Answer,
            Is.EqualTo("library.db: recorded the changed SQL of 20250201000000_Books\n")
        );
    }

    [Test]
    public void Rows_that_a_redo_restores_are_not_said_to_be_kept()
    {
        LibraryFile.RequireSuccess(Library.Host().Run("up", "-c", Database));
        LibraryFile.Execute("INSERT INTO shelves (number, room) VALUES (7, 'attic')");

        var outcome = Library.Host().Run("redo", "-c", Database);

        LibraryFile.RequireSuccess(outcome);
        Assert.That(
            outcome.Answer,
            Does.Contain("restored: shelves (1 row)").And.Not.Contain("kept in the archive")
        );
    }

    [Test]
    public void A_locked_database_is_exit_5()
    {
        LibraryFile.RequireSuccess(new Host(Library.Authors).Run("up", "-c", Database));
        using var holder = LibraryFile.Open();
        using var transaction = holder.BeginTransaction();

        var outcome = Library.Host().Run("up", "-c", Database, "--lock-timeout", "50ms");

        Assert.That(outcome.ExitCode, Is.EqualTo(5), outcome.ToString());
    }

    [Test]
    public void Out_of_order_is_exit_6_unless_it_is_allowed()
    {
        LibraryFile.RequireSuccess(
            new Host(Library.Authors, Library.Shelves).Run("up", "-c", Database)
        );

        Assert.That(Library.Host().Run("up", "-c", Database).ExitCode, Is.EqualTo(6));
        LibraryFile.RequireSuccess(
            Library.Host().Run("up", "-c", Database, "--allow-out-of-order")
        );
    }

    [Test]
    public void A_migration_without_a_transaction_is_applied()
    {
        var host = new Host(Library.Authors, Library.WithoutTransaction);

        LibraryFile.RequireSuccess(host.Run("up", "-c", Database));
        Assert.That(host.Run("down", "-c", Database).ExitCode, Is.EqualTo(6));
        LibraryFile.RequireSuccess(host.Run("down", "--yes", "-c", Database));
    }

    [Test]
    public void A_down_that_cannot_be_evaluated_is_exit_6()
    {
        var host = new Host(Library.Authors, Library.Irreversible);
        LibraryFile.RequireSuccess(host.Run("up", "-c", Database));

        var outcome = host.Run("down", "--all", "-c", Database);

        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(6));
            Assert.That(outcome.Diagnostics, Does.Contain("Letters stay."));
        });
    }

    [TestCase("down")]
    [TestCase("redo")]
    public void An_environment_may_forbid_to_revert(string command)
    {
        _folder.Write(
            "migrations.json",
            """{ "environments": { "live": { "connection": "library.db", "allowDown": false } } }"""
        );
        LibraryFile.RequireSuccess(Library.Host().Run("up", "-e", "live"));

        var outcome = Library.Host().Run(command, "-e", "live", "--yes");

        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(6));
            Assert.That(outcome.Lines[0], Does.Contain("Environment live does not allow"));
        });
    }

    [Test]
    public void Rows_go_when_yes_says_so()
    {
        LibraryFile.RequireSuccess(Library.Host().Run("up", "-c", Database));
        LibraryFile.Execute("INSERT INTO shelves (number, room) VALUES (7, 'attic')");

        LibraryFile.RequireSuccess(Library.Host().Run("down", "--yes", "-c", Database));
    }

    [Test]
    public void Archived_rows_are_purged_only_when_yes_says_so()
    {
        LibraryFile.RequireSuccess(Library.Host().Run("up", "-c", Database));
        LibraryFile.Execute("INSERT INTO shelves (number, room) VALUES (7, 'attic')");
        LibraryFile.RequireSuccess(Library.Host().Run("down", "--yes", "-c", Database));

        var refused = Library.Host().Run("archive", "purge", "-c", Database);
        Assert.That(refused.ExitCode, Is.EqualTo(6));
        Assert.That(refused.Lines[0], Does.Contain("shelves (1 row)"));

        var tooYoung = Library.Host().Run("archive", "purge", "--older-than", "1h", "-c", Database);
        LibraryFile.RequireSuccess(tooYoung);
        Assert.That(tooYoung.Answer, Does.Contain("nothing to purge"));

        LibraryFile.RequireSuccess(Library.Host().Run("archive", "purge", "--yes", "-c", Database));
        var list = Library.Host().Run("archive", "list", "-c", Database);
        Assert.That(list.Answer, Does.Contain("the archive is empty"));
    }

    [Test]
    public void Two_migrations_with_one_version_are_exit_2()
    {
        var outcome = new Host(Library.Books, Library.ChangedBooks).Run("status", "-c", Database);

        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(2));
            Assert.That(outcome.Lines[0], Does.Contain("share a version"));
        });
    }
}
