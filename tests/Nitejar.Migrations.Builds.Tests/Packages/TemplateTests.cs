namespace Nitejar.Migrations.Builds.Tests.Packages;

/// <summary>
/// From an empty folder and the packages alone to a migrator of another project's own: on the runtime, whose publish takes
/// seconds, and with <c>NITEJAR_FAULTS=long</c> as the native program that the template makes.
/// </summary>
[Platform("Linux")]
public sealed partial class TemplateTests
{
    private PackageFeed _feed = null!;
    private const string ImageFolder = "/out";

    private string _shop = "";
    private TemplateFiles _files = null!;

    private string Program => Path.Combine(_shop, "artifacts", "my-shop-migrate");

    [OneTimeSetUp]
    public void Make()
    {
        _feed = SharedPackageFeed.Instance;
        var template = Directory.GetFiles(_feed.Source, "Nitejar.Migrations.Templates.*").Single();
        _feed.Dotnet(_feed.Place, "new", "install", template);
        _feed.Dotnet(_feed.Place, "new", "fluentmigrator-native", "-n", "My.Shop");
        _shop = Path.Combine(_feed.Place, "My.Shop");
        _files = new TemplateFiles(_shop);
        var isNative = Environment.GetEnvironmentVariable("NITEJAR_FAULTS") == "long";
        _feed.Dotnet(
            _shop,
            [
                .. _files.Publish.Select(word => word == ImageFolder ? "artifacts" : word),
                $"-p:PublishAot={isNative}",
            ]
        );
    }

    [Test]
    public void The_same_sources_make_the_same_packages()
    {
        var again = Path.Combine(_feed.Place, "again");

        _feed.PackInto(again);

        Assert.Multiple(() =>
        {
            foreach (var package in Directory.GetFiles(_feed.Source))
            {
                Assert.That(
                    File.ReadAllBytes(Path.Combine(again, Path.GetFileName(package))),
                    Is.EqualTo(File.ReadAllBytes(package)),
                    Path.GetFileName(package)
                );
            }
        });
    }

    [Test]
    public void Its_tests_prove_every_Down() =>
        Assert.That(_feed.Dotnet(_shop, "test").Output, Does.Contain("Passed:     1"));

    [Test]
    public void It_applies_verifies_and_reverts()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                Run("up", "-c", "x.db").Exits(0).Output,
                Does.Contain("1 migration applied")
            );
            Assert.That(Run("verify").Exits(0).Output, Does.Contain("1 of 1 migration passed"));
            Assert.That(
                Run("down", "--yes", "-c", "x.db").Exits(0).Output,
                Does.Contain("1 migration reverted")
            );
        });
    }

    [Test]
    public void Names_are_those_of_the_host()
    {
        var help = Run("--help").Exits(0).Output;
        var wrong = Run("upp").Exits(2).Error;
        var completion = Run("completion", "bash").Exits(0).Output;

        Assert.Multiple(() =>
        {
            Assert.That(help, Does.Contain("the migrations of My.Shop's database."));
            Assert.That(wrong, Does.Contain("`my-shop-migrate --help`"));
            Assert.That(
                completion,
                Does.Contain("complete -o filenames -F _my_shop_migrate my-shop-migrate")
            );
            Assert.That(help + wrong + completion, Does.Not.Contain("itejar"));
        });
    }

    [Test]
    public void Its_variable_and_its_default_database_are_its_own()
    {
        var named = RunWith(new() { ["MY_SHOP_MIGRATE_CONNECTION"] = "./named.db" }, "up").Exits(0);
        var foreign = RunWith(
            new() { ["NITEJAR_MIGRATE_CONNECTION"] = "./foreign.db", ["HOME"] = "/" },
            "status",
            "--config",
            "no.json"
        );

        Assert.Multiple(() =>
        {
            Assert.That(named.Output, Does.StartWith("named.db"));
            Assert.That(foreign.Output + foreign.Error, Does.Not.Contain("foreign.db"));
        });
    }

    /// <summary>Nitejar's runtime reads fields of its own in receipts; other hosts have none of them.</summary>
    [Test]
    public void Its_receipts_say_nothing_of_another_product()
    {
        var receipt = Path.Combine(_shop, "receipt.json");

        RunWith(new() { ["MIGRATION_RECEIPT_PATH"] = receipt }, "up", "-c", "r.db").Exits(0);

        Assert.That(
            File.ReadAllText(receipt),
            Does.Contain("\"migrationStatus\": \"ok\"").And.Not.Contain("cutover")
        );
    }

    [Test]
    public void A_program_without_PostgreSQL_holds_none_of_its_driver()
    {
        var project = Path.Combine(_shop, "src/My.Shop.Migrate/My.Shop.Migrate.csproj");
        var program = Path.Combine(_shop, "src/My.Shop.Migrate/Program.cs");
        var (projectText, programText) = (File.ReadAllText(project), File.ReadAllText(program));
        File.WriteAllLines(
            project,
            projectText.Split('\n').Where(line => !line.Contains("Nitejar.Migrations.Postgres"))
        );
        File.WriteAllLines(
            program,
            programText
                .Replace(".Use(PostgresDriver.Instance)", "", StringComparison.Ordinal)
                .Split('\n')
                .Where(line => !line.Contains("Nitejar.Migrations.Postgres"))
        );
        try
        {
            _feed.Dotnet(_shop, "build", "src/My.Shop.Migrate", "-o", "small");
        }
        finally
        {
            File.WriteAllText(project, projectText);
            File.WriteAllText(program, programText);
        }

        Assert.That(Path.Combine(_shop, "small", "Nitejar.Migrations.Sqlite.dll"), Does.Exist);
        Assert.That(Path.Combine(_shop, "small", "Npgsql.dll"), Does.Not.Exist);
    }

    private CommandResult Run(params string[] arguments) => RunWith([], arguments);

    private CommandResult RunWith(Dictionary<string, string> variables, params string[] arguments)
    {
        variables["DOTNET_ROOT"] = PackageFeed.Runtime();
        return new Command(Program, _shop, arguments) { Variables = variables }.Run();
    }
}
