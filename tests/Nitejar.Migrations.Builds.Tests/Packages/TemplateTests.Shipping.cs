namespace Nitejar.Migrations.Builds.Tests.Packages;

/// <summary>What the template's Dockerfile, job and workflow say is executed as it stands, as far as that is possible without them.</summary>
public sealed partial class TemplateTests
{
    [Test]
    public void The_image_has_what_was_published_and_an_ordinary_user()
    {
        Assert.That(
            _files.Copied,
            Is.EqualTo(
                new[]
                {
                    ["--from=build", ImageFolder + "/", "/app/"],
                    // Docker makes the working folder for root, who alone could make a database there.
                    new[] { "--from=build", "--chown=1654:1654", "/data/", "/data/" },
                }
            )
        );
        Assert.That(_files.WorkingFolder, Is.EqualTo("/data"));
        Assert.That(_files.Started, Is.EqualTo(new[] { "/app/my-shop-migrate", "up" }));
        Assert.That(Program, Does.Exist);
        Assert.That(
            Directory.GetFiles(
                Path.GetDirectoryName(Program)!,
                "libe_sqlite3.so",
                SearchOption.AllDirectories
            ),
            Is.Not.Empty
        );
        Assert.That(_files.User, Is.EqualTo("1654").And.EqualTo(_files.JobUser));
        Assert.That(_files.Ignored, Has.None.StartsWith("src").And.None.StartsWith("Directory"));
    }

    [Test]
    public void The_job_applies_what_is_pending_to_the_database_of_its_secret()
    {
        using var database = PostgresServer.Shared().CreateDatabase();
        var variables = _files.JobVariables.ToDictionary(
            name => name,
            _ => database.ConnectionString
        );

        var result = RunWith(variables, _files.JobArguments).Exits(0);

        Assert.That(result.Output, Does.Contain("\"exitCode\": 0").Or.Contain("\"exitCode\":0"));
        Assert.That(database.Psql("SELECT count(*) FROM items"), Is.EqualTo("0"));
    }

    [Test]
    public void The_workflow_tests_publishes_and_verifies()
    {
        var commands = _files.WorkflowCommands;
        var native = commands
            .Where(command => command.StartsWith("artifacts/", StringComparison.Ordinal))
            .ToArray();

        // The first two are what this fixture has done, and Its_tests_prove_every_Down does.
        Assert.That(
            commands[..2],
            Is.EqualTo(
                new[]
                {
                    "dotnet test",
                    $"dotnet {string.Join(' ', _files.Publish).Replace(ImageFolder, "artifacts")}",
                }
            )
        );
        Assert.That(native, Has.Length.EqualTo(commands.Length - 2));
        foreach (var command in native)
        {
            Run(command.Split(' ')[1..]).Exits(0);
        }

        Assert.That(
            File.ReadAllText(Path.Combine(_shop, "artifacts/verify.xml")),
            Does.Contain("failures=\"0\"")
        );
    }
}
