using System.Text;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Release;

public sealed class PublishedFolderTests : WorkplaceTests
{
    private const long MostBytes = 16 * 1024 * 1024;

    private static DirectoryInfo Folder => new FileInfo(PublishedBinary.ProgramFile).Directory!;

    [Test]
    public void It_is_small()
    {
        var bytes = Folder
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Sum(file => file.Length);

        Assert.That(bytes, Is.LessThanOrEqualTo(MostBytes));
    }

    /// <summary>A name in the substitutions that no longer fits is not reported by the compiler, and all of it comes back.</summary>
    [TestCase("NpgsqlDataSourceBuilder", TestName = "Npgsql's full data source")]
    [TestCase("GeometricTypeInfoResolverFactory", TestName = "the types that only that one knows")]
    [TestCase("HttpConnectionPool", TestName = "an HTTP client")]
    [TestCase("Auto-preparing statement", TestName = "Npgsql's log messages")]
    public void It_holds_nothing_of(string name)
    {
        var program = File.ReadAllBytes(PublishedBinary.ProgramFile).AsSpan();

        Assert.That(program.IndexOf(Encoding.UTF8.GetBytes(name)), Is.Negative);
        Assert.That(
            program.IndexOf("NpgsqlSlimDataSourceBuilder"u8),
            Is.Positive,
            "names of types are in the program, or the test sees nothing"
        );
    }

    [Test]
    public void It_needs_nothing_but_its_own_files()
    {
        Directory.CreateDirectory(Place["elsewhere"]);
        foreach (var file in Folder.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(Place["elsewhere"], file.Name));
        }

        var binary = Place["elsewhere/nitejar-migrate"];
        new Command(Programs.Require("env"), Place.Folder, "-i", binary, "up", "-c", "x.db")
            .Run()
            .Exits(0);

        Assert.That(Place.Sqlite("x.db", "SELECT count(*) FROM VersionInfo;"), Is.EqualTo("2"));
    }

    [Test]
    public void It_holds_no_symbols_and_no_documentation()
    {
        Assert.That(
            Folder.EnumerateFiles().Select(file => file.Extension),
            Has.None.AnyOf(".pdb", ".dbg", ".xml", ".json", ".dll")
        );
    }
}
