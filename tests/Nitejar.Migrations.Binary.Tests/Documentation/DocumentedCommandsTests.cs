namespace Nitejar.Migrations.Binary.Tests.Documentation;

/// <summary>Every block of commands in README and docs is run, or stands below with the reason why not.</summary>
public sealed class DocumentedCommandsTests
{
    /// <summary>Where a block is, how it begins, and what runs it.</summary>
    private static readonly (string Document, string Start, string Test)[] Run =
    [
        ("README.md", "dotnet run ", "FirstCommandTests"),
        ("README.md", "build/release ", "InstallBlockTests"),
        ("README.md", "set -e", nameof(OperationTests.A_deploy)),
        ("README.md", "nitejar-migrate status ", nameof(OperationTests.A_night)),
        ("README.md", "nitejar-migrate verify ", nameof(OperationTests.The_CI_step)),
        ("docs/start.md", "dotnet publish ", "FirstCommandTests"),
        ("docs/start.md", "nitejar-migrate status ", nameof(OperationTests.A_look_before_a_run)),
        (
            "docs/upgrading.md",
            "nitejar-migrate status ",
            nameof(OperationTests.A_look_before_a_run)
        ),
        ("docs/authoring.md", "nitejar-migrate new ", nameof(OperationTests.A_new_migration)),
        ("docs/adopting.md", "nitejar-migrate adopt ", nameof(OperationTests.A_take_over)),
        ("docs/drift.md", "nitejar-migrate drift ", nameof(OperationTests.A_look_for_drift)),
        ("docs/postgresql.md", "nitejar-migrate up ", nameof(PostgresBlockTests)),
        ("docs/postgresql.md", "nitejar-migrate status ", nameof(PostgresBlockTests)),
        ("docs/verify.md", "nitejar-migrate schema ", nameof(PostgresBlockTests)),
        ("docs/hosting.md", "dotnet new ", "TemplateTests"),
        ("docs/hosting.md", "dotnet pack ", "TemplateTests"),
        ("docs/tool.md", "dotnet tool ", "ToolTests"),
        ("docs/recipes/README.md", "set -e", nameof(OperationTests.A_deploy)),
        ("docs/recipes/README.md", "nitejar-migrate status ", nameof(OperationTests.A_night)),
        ("docs/recipes/README.md", "nitejar-migrate down ", nameof(OperationTests.A_night)),
        ("docs/recipes/README.md", "nitejar-migrate restore ", nameof(OperationTests.A_night)),
        ("docs/recipes/README.md", "nitejar-migrate verify ", nameof(OperationTests.The_CI_step)),
        ("docs/recipes/README.md", "nitejar-migrate adopt ", nameof(OperationTests.A_take_over)),
        ("docs/recipes/README.md", "NITEJAR_MIGRATE_LOCK=", nameof(RecipeBlockTests)),
        ("docs/recipes/README.md", "install ", nameof(RecipeBlockTests)),
    ];

    /// <summary>Where a block is, how it begins, and why nothing runs it.</summary>
    private static readonly (string Document, string Start, string Reason)[] NotRun =
    [
        (
            "docs/recipes/README.md",
            "docker run ",
            "there is no Docker where the tests run; RecipeTests sets the variable"
        ),
        ("docs/scale-out.md", "export ", "it wants a server that cannot be had here"),
        ("docs/performance.md", "bench/run", "it measures for minutes and asserts nothing"),
        ("docs/nitejar-database.md", "dotnet pack ", "it writes a package into the working tree"),
        (
            "docs/nitejar-database.md",
            "dotnet new ",
            "it changes the reader's project, and restores it from nuget.org"
        ),
    ];

    [Test]
    public void Every_block_is_run_or_has_a_reason() =>
        Assert.That(
            DocumentedBlock.All.Select(block =>
            {
                var known = Run.Concat(NotRun)
                    .Where(one =>
                        one.Document == block.Document
                        && block.Text.StartsWith(one.Start, StringComparison.Ordinal)
                    )
                    .ToArray();
                return known.Length == 1
                    ? (known[0].Document, known[0].Start)
                    : (block.Document, block.Text);
            }),
            Is.EquivalentTo(Run.Concat(NotRun).Select(one => (one.Document, one.Start)))
        );

    /// <summary>Some of them are of another project, where only their names are known.</summary>
    [Test]
    public void What_runs_them_exists() =>
        Assert.That(
            Run.Select(one => one.Test).Where(test => !DocumentedTestsTests.Exists(test)),
            Is.Empty
        );

    [Test]
    public void Blocks_are_found() => Assert.That(DocumentedBlock.All, Has.Count.GreaterThan(20));
}
