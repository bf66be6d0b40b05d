namespace Nitejar.Migrations.Tool.Tests;

/// <summary>The tool as a process, with <c>--assembly</c>.</summary>
public sealed class AssemblyOptionTests
{
    private readonly TemporaryFolder _folder = new();

    [OneTimeSetUp]
    public void Compile() =>
        CompiledLibrary.Of(
            _folder["shop.dll"],
            """
            [FluentMigrator.Migration(20260101000000)] public class Prices : FluentMigrator.AutoReversingMigration
            {
                public override void Up()
                {
                    Create.Table("prices").WithColumn("id").AsInt64().PrimaryKey().Identity().WithColumn("name").AsString();
                    Insert.IntoTable("prices").Row(new { name = "tea" });
                }
            }
            """
        );

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void Applies_verifies_and_reverts_the_librarys_migrations()
    {
        Assert.That(
            Run("up", "--assembly", "shop.dll", "-c", "shop.db").Exits(0).Output,
            Does.Contain("applied  20260101000000_Prices")
        );
        Assert.That(
            Run("verify", "--assembly", "shop.dll").Exits(0).Output,
            Does.Contain("1 of 1 migration passed")
        );
        Assert.That(
            Run("down", "--yes", "--assembly", "shop.dll", "-c", "shop.db").Exits(0).Output,
            Does.Contain("reverted  20260101000000_Prices")
        );
    }

    [Test]
    public void What_the_program_says_of_its_own_migrations_does_not_hold_for_others()
    {
        Run("up", "--assembly", "shop.dll").Exits(0);

        Assert.That(File.Exists(_folder["app.db"]), Is.True);
        Assert.That(
            File.ReadAllText(_folder["receipt.json"]),
            Does.Contain("Prices").And.Not.Contain("cutover")
        );
    }

    [Test]
    public void A_problem_of_the_library_is_one_of_the_command_line()
    {
        var result = Run("status", "--assembly", "absent.dll", "-c", "shop.db");

        Assert.That(
            result.Exits(2).Error,
            Is.EqualTo(
                """
                error: absent.dll does not exist.
                  state: No database was touched.
                  next:  Build the project of the migrations, and name its library, such as bin/Release/net10.0/Shop.Migrations.dll.

                """
            )
        );
    }

    [Test]
    public void Without_a_file_the_command_line_is_wrong() =>
        Assert.That(
            Run("status", "--assembly").Exits(2).Error,
            Does.StartWith("error: Required argument missing for option: '--assembly'.")
        );

    [Test]
    public void A_library_that_is_named_twice_is_read_once() =>
        Assert.That(
            Run("status", "--assembly", "shop.dll", "--assembly", "./shop.dll", "-c", "twice.db")
                .Exits(0)
                .Output,
            Does.Contain("1 pending")
        );

    [Test]
    public void It_is_in_the_help_of_every_command() =>
        Assert.That(Run("up", "--help").Exits(0).Output, Does.Contain("--assembly <FILE>"));

    private CommandResult Run(params string[] arguments) =>
        new Command(
            Programs.Require("dotnet"),
            _folder.Path,
            [typeof(MigrationLibraries).Assembly.Location, .. arguments]
        )
        {
            InheritsEnvironment = true,
            Variables = new Dictionary<string, string>
            {
                ["MIGRATION_RECEIPT_PATH"] = _folder["receipt.json"],
            },
        }.Run();
}
