namespace Nitejar.Database.Tests;

/// <summary>The library stands alone.</summary>
public sealed class DependencyTests
{
    [Test]
    public void The_library_knows_neither_the_migrator_nor_FluentMigrator() =>
        Assert.That(
            typeof(NitejarDatabase)
                .Assembly.GetReferencedAssemblies()
                .Select(assembly => assembly.Name!)
                .Where(name => name.StartsWith("Nitejar") || name.StartsWith("FluentMigrator")),
            Is.Empty
        );

    [Test]
    public void No_other_project_of_the_product_refers_to_it() =>
        Assert.That(
            Directory
                .EnumerateFiles(
                    Path.Combine(RepositoryFolder.Path, "src"),
                    "packages.lock.json",
                    SearchOption.AllDirectories
                )
                .Where(file => !file.Contains("Nitejar.Database"))
                .Where(file =>
                    File.ReadAllText(file).Contains("linq2db", StringComparison.Ordinal)
                    || File.ReadAllText(file)
                        .Contains("nitejar.database", StringComparison.OrdinalIgnoreCase)
                ),
            Is.Empty
        );
}
