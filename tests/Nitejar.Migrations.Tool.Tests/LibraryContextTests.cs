using System.Data;
using System.Reflection;
using FluentMigrator;

namespace Nitejar.Migrations.Tool.Tests;

/// <summary>What a library needs is its own, unless it is what goes between the library and this program.</summary>
public sealed class LibraryContextTests
{
    private const string Own =
        "public static class Own { public const int Unused = 0; public static string Text() { return \"{0}\"; } }";

    private readonly TemporaryFolder _folder = new();

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void A_library_of_this_programs_is_replaced_by_the_one_beside_it()
    {
        var own = CompiledLibrary.Of(
            _folder["System.CommandLine.dll"],
            Own.Replace("{0}", "beside it", StringComparison.Ordinal),
            "0.0.0.1"
        );
        var file = CompiledLibrary.Of(
            _folder["shop.dll"],
            FoundMigrationsTests.Migration(
                "1",
                "One",
                "",
                "public override string ToString() { return Own.Text(); }"
            ),
            libraries: own
        );
        var (_, _, _, create) = MigrationLibraries.Load([file]).Index[0];

        Assert.That(create().ToString(), Is.EqualTo("beside it"));
    }

    [Test]
    public void The_runtime_is_this_programs_also_where_another_is_published_beside_it()
    {
        var copy = _folder["with-runtime/System.Data.Common.dll"];
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(typeof(DataSet).Assembly.Location, copy);
        var file = CompiledLibrary.Of(
            _folder["with-runtime/shop.dll"],
            FoundMigrationsTests.Migration(
                "1",
                "One",
                "",
                "public readonly object Rows = new System.Data.DataSet();"
            )
        );
        var (_, _, _, create) = MigrationLibraries.Load([file]).Index[0];
        var migration = create();

        Assert.That(
            migration.GetType().GetField("Rows")!.GetValue(migration),
            Is.InstanceOf<DataSet>()
        );
    }

    [Test]
    public void FluentMigrator_is_this_programs_whatever_is_beside_it()
    {
        foreach (
            var assembly in (Assembly[])[typeof(IMigration).Assembly, typeof(Migration).Assembly]
        )
        {
            var copy = _folder[$"published/{Path.GetFileName(assembly.Location)}"];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(assembly.Location, copy);
        }

        var file = CompiledLibrary.Of(
            _folder["published/shop.dll"],
            FoundMigrationsTests.Migration("1", "One", "")
        );
        var (_, _, _, create) = MigrationLibraries.Load([file]).Index[0];

        Assert.That(create(), Is.InstanceOf<Migration>());
    }

    [Test]
    public void Frameworks_that_are_installed_are_its_frameworks_too()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var http = Directory
            .EnumerateFiles(
                Path.Combine(runtime, "../../Microsoft.AspNetCore.App"),
                "Microsoft.AspNetCore.Http.Abstractions.dll",
                SearchOption.AllDirectories
            )
            .First(path =>
                path.Contains($"/{Environment.Version.Major}.", StringComparison.Ordinal)
            );
        var file = CompiledLibrary.Of(
            _folder["web.dll"],
            FoundMigrationsTests.Migration("1", "One", "")
                + "public abstract class Request : Microsoft.AspNetCore.Http.HttpContext { }",
            libraries: http
        );

        var loaded = MigrationLibraries.Load([file]);

        Assert.That(loaded.Index, Has.Count.EqualTo(1));
        Assert.That(loaded.Warnings, Is.Empty);
    }

    [Test]
    public void What_is_not_beside_it_is_said_before_it_is_missed()
    {
        var own = CompiledLibrary.Of(_folder["elsewhere/Helpers.dll"], Own, "2.1.0.0");
        var file = CompiledLibrary.Of(
            _folder["lonely.dll"],
            FoundMigrationsTests.Migration("1", "One", "Execute.Sql(Own.Text());"),
            libraries: own
        );

        Assert.That(
            MigrationLibraries.Load([file]).Warnings,
            Is.EqualTo(
                new[]
                {
                    $"{file} needs Helpers 2.1.0.0, which is not beside it. Publish the project with `dotnet publish`, and name the library in the published folder.",
                }
            )
        );
    }
}
