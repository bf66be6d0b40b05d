using System.Text.RegularExpressions;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Recipes;

/// <summary>The files in docs/recipes, run with the published program.</summary>
public sealed partial class RecipeTests : WorkplaceTests
{
    private const string Server = "echo started as $$; exec cat";

    private static string Folder =>
        Path.Combine(PublishedBinary.RepositoryFolder(), "docs", "recipes");

    private static string ProgramFolder => Path.GetDirectoryName(PublishedBinary.ProgramFile)!;

    [Test]
    public void The_entrypoint_migrates_a_new_database_and_becomes_the_server()
    {
        var first = Entrypoint().Run().Exits(0);
        var second = Entrypoint().Run().Exits(0);

        Assert.That(first.Output, Does.Contain("applied  20260222000000_PluginInstances"));
        Assert.That(second.Output, Does.Not.Contain("applied  2"));
        Assert.That(second.Output, Does.Contain("started as"));
        Assert.That(
            Place.Sqlite("nitejar.db", "SELECT count(*) FROM plugin_instances;"),
            Is.EqualTo("0")
        );
    }

    [Test]
    public void The_entrypoint_does_not_start_the_server_on_a_database_before_the_cutover()
    {
        Place.Sqlite(
            "nitejar.db",
            "CREATE TABLE agent_integrations (id TEXT); CREATE TABLE integrations (id TEXT PRIMARY KEY);"
        );

        var refused = Entrypoint().Run().Exits(6);

        Assert.That(refused.Output, Does.Not.Contain("started as"));
        Assert.That(refused.Error, Does.Contain("the server was not started"));
        Assert.That(
            Entrypoint(("NITEJAR_MIGRATE", "off")).Run().Exits(0).Output,
            Does.StartWith("started as")
        );
    }

    [Test]
    public void The_entrypoint_holds_the_lock_file_of_Nitejar_and_removes_it()
    {
        var (name, held) = ("NITEJAR_MIGRATE_LOCK", Place["migrate.lock"]);
        File.WriteAllText(held, "");

        var waited = Entrypoint((name, held), ("NITEJAR_MIGRATE_LOCK_SECONDS", "0")).Run().Exits(5);
        Assert.That(waited.Error, Does.Contain(held));
        Assert.That(File.Exists(held), "the file of another one was removed");
        Assert.That(File.Exists(Place["nitejar.db"]), Is.False);

        File.Delete(held);
        Entrypoint((name, held)).Run().Exits(0);
        Assert.That(File.Exists(held), Is.False);

        Place.Sqlite("nitejar.db", "DROP TABLE VersionInfo;");
        Entrypoint((name, held)).Run();
        Assert.That(File.Exists(held), Is.False, "left after a failure");
    }

    [Test]
    public async Task A_signal_while_the_entrypoint_migrates_reaches_the_program()
    {
        Place.Run("up", "-c", "nitejar.db").Exits(0);
        using var busy = Place.HoldLock("nitejar.db");
        using var running = Entrypoint().Start();
        await running.WaitForErrorLine("waiting for the lock");

        running.Signal("TERM");

        var ended = running.WaitForEnd().Exits(143);
        Assert.That(ended.Output, Does.Not.Contain("started as"));
    }

    [Test]
    public void The_units_are_what_systemd_takes()
    {
        var unit = File.ReadAllText(Path.Combine(Folder, "nitejar-migrate.service"));
        var command = ExecStart().Match(unit).Groups[1].Value;
        File.WriteAllText(
            Place["nitejar-migrate.service"],
            unit.Replace("/usr/local/bin/nitejar-migrate", PublishedBinary.ProgramFile)
        );
        File.WriteAllText(
            Place["nitejar.service"],
            File.ReadAllText(Path.Combine(Folder, "nitejar.service.conf"))
                + "\n[Service]\nExecStart=/bin/true\n"
        );

        var checkedUnits = new Command(
            Programs.Require("systemd-analyze"),
            Place.Folder,
            "verify",
            "--man=no",
            "./nitejar-migrate.service",
            "./nitejar.service"
        )
        {
            InheritsEnvironment = true,
        }.Run();

        Assert.That(checkedUnits.ExitCode, Is.Zero, checkedUnits.Error);
        Assert.That(checkedUnits.Error, Does.Not.Contain(Place.Folder), "a remark on the units");
        Shell(command.Replace("/usr/local/bin/", "")).Exits(0);
    }

    [Test]
    public void The_release_command_needs_no_volume()
    {
        var command = ReleaseCommand()
            .Match(File.ReadAllText(Path.Combine(Folder, "fly.toml")))
            .Groups[1]
            .Value;

        var verified = Shell(command).Exits(0);

        Assert.That(verified.Output, Does.Contain("3 of 3 migrations passed"));
        Assert.That(File.Exists(Place["nitejar.db"]), Is.False);
    }

    [Test]
    public void The_commands_of_the_workflow_publish_and_verify()
    {
        var commands = RunSteps()
            .Matches(File.ReadAllText(Path.Combine(Folder, "verify.yml")))
            .Select(match => match.Groups[1].Value)
            .ToArray();
        Directory.CreateDirectory(Place["artifacts"]);
        Directory.CreateSymbolicLink(Place["artifacts/publish"], ProgramFolder);

        // The program under test was published by this command.
        Assert.That(
            commands[0],
            Is.EqualTo("dotnet publish src/Nitejar.Migrations.Cli -c Release -o artifacts/publish")
        );
        Shell(string.Join('\n', commands[1..])).Exits(0);
        Assert.That(File.ReadAllText(Place["verify.xml"]), Does.Contain("failures=\"0\""));
    }

    [Test]
    public void The_image_has_the_script_and_builds_the_program_that_is_here()
    {
        var dockerfile = File.ReadAllText(Path.Combine(Folder, "Dockerfile"));
        var copied = CopiedFiles().Matches(dockerfile).Select(match => match.Groups[1].Value);

        foreach (var file in copied)
        {
            Assert.That(Path.Combine(PublishedBinary.RepositoryFolder(), file), Does.Exist);
        }

        Assert.That(dockerfile, Does.Contain("publish src/Nitejar.Migrations.Cli -c Release"));
        Assert.That(dockerfile, Does.Contain("ENTRYPOINT [\"migrate-then-start\"]"));
    }

    private Command Entrypoint(params (string Name, string Value)[] variables) =>
        new(Path.Combine(Folder, "migrate-then-start"), Place.Folder, "sh", "-c", Server)
        {
            Variables = VariablesWith(variables),
        };

    private CommandResult Shell(string script) =>
        new Command(Programs.Require("sh"), Place.Folder, "-ec", script)
        {
            Variables = VariablesWith([]),
        }.Run();

    private Dictionary<string, string> VariablesWith((string Name, string Value)[] variables)
    {
        var all = new Dictionary<string, string>
        {
            ["PATH"] = $"{ProgramFolder}:{Environment.GetEnvironmentVariable("PATH")}",
            ["DATABASE_URL"] = Place["nitejar.db"],
        };
        foreach (var (name, value) in variables)
        {
            all[name] = value;
        }

        return all;
    }

    [GeneratedRegex(@"(?m)^ExecStart=(.+)$")]
    private static partial Regex ExecStart();

    [GeneratedRegex(@"release_command = ""([^""]+)""")]
    private static partial Regex ReleaseCommand();

    [GeneratedRegex(@"(?m)^ +- run: (.+)$")]
    private static partial Regex RunSteps();

    [GeneratedRegex(@"(?m)^COPY --chmod=755 (\S+) ")]
    private static partial Regex CopiedFiles();
}
