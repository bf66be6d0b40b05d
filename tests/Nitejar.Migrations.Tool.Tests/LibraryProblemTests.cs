using Nitejar.Migrations.Engine;

namespace Nitejar.Migrations.Tool.Tests;

/// <summary>A library that cannot be used is one sentence about why, before a database is touched.</summary>
public sealed class LibraryProblemTests
{
    private readonly TemporaryFolder _folder = new();

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void A_path_without_a_file() =>
        Assert.That(
            Problem(_folder["absent.dll"]),
            Is.EqualTo($"{_folder["absent.dll"]} does not exist.")
        );

    [Test]
    public void A_folder() =>
        Assert.That(
            Problem(_folder.Path),
            Is.EqualTo($"{_folder.Path} is a folder, not a library.")
        );

    [Test]
    public void A_file_that_is_something_else()
    {
        File.WriteAllText(_folder["text.dll"], "text");

        Assert.That(
            Problem(_folder["text.dll"]),
            Is.EqualTo($"{_folder["text.dll"]} cannot be loaded as a .NET library.")
        );
    }

    [Test]
    public void A_library_without_migrations()
    {
        var file = CompiledLibrary.Of(_folder["none.dll"], "public class None { }");

        Assert.That(
            Problem(file),
            Is.EqualTo($"{file} has no migrations: no public class with [Migration].")
        );
    }

    [TestCase(
        "Up",
        "public async override void Up() { await System.Threading.Tasks.Task.Yield(); } public override void Down() { }"
    )]
    [TestCase(
        "Down",
        "public override void Up() { } public async override void Down() { await System.Threading.Tasks.Task.Yield(); }"
    )]
    public void Code_that_would_run_too_late(string direction, string members) =>
        Assert.That(
            Problem(Library($"async-{direction}", "[FluentMigrator.Migration(1)]", members)),
            Is.EqualTo($"One has an async void {direction}, so that a part of it would be lost.")
        );

    [Test]
    public void An_attribute_that_throws()
    {
        var file = CompiledLibrary.Of(
            _folder["throwing.dll"],
            """
            public class OwnAttribute : FluentMigrator.MigrationAttribute
            {
                public OwnAttribute(string text) : base(long.Parse(text)) { }
            }
            [Own("x")] public class One : FluentMigrator.Migration
            {
                public override void Up() { }
                public override void Down() { }
            }
            """
        );

        Assert.That(
            Problem(file),
            Is.EqualTo(
                "The attributes of One cannot be evaluated: The input string 'x' was not in a correct format."
            )
        );
    }

    [Test]
    public void Two_version_tables()
    {
        const string Table = "FluentMigrator.Runner.VersionTableInfo.DefaultVersionTableMetaData";
        const string Arguments =
            "(FluentMigrator.Runner.Conventions.IConventionSet c, Microsoft.Extensions.Options.IOptions<FluentMigrator.Runner.Initialization.RunnerOptions> o) : base(c, o) { }";
        var file = CompiledLibrary.Of(
            _folder["tables.dll"],
            FoundMigrationsTests.Migration("1", "One", "")
                + $"public class A : {Table} {{ public A{Arguments} }} public class B : {Table} {{ public B{Arguments} }}"
        );

        Assert.That(Problem(file), Is.EqualTo("A and B both name the version table."));
    }

    [Test]
    public void A_version_table_that_wants_more()
    {
        var file = CompiledLibrary.Of(
            _folder["table.dll"],
            FoundMigrationsTests.Migration("1", "One", "")
                + "public class A : FluentMigrator.Runner.VersionTableInfo.DefaultVersionTableMetaData { public A(System.IFormatProvider p) : base(null, null) { } }"
        );

        Assert.That(
            Problem(file),
            Is.EqualTo(
                "A names the version table and cannot be created: its constructor wants more than FluentMigrator's conventions and options."
            )
        );
    }

    [Test]
    public void A_newer_FluentMigrator()
    {
        var newer = CompiledLibrary.Of(
            _folder["newer/FluentMigrator.Abstractions.dll"],
            "namespace FluentMigrator { public class Future { } }",
            "99.1.0.0"
        );
        var file = CompiledLibrary.Of(
            _folder["newer/future.dll"],
            "public class Far : FluentMigrator.Future { }",
            libraries: newer
        );

        Assert.That(
            Problem(file),
            Does.StartWith(
                $"{file} was built for FluentMigrator.Abstractions 99.1.0.0, and this program has 8."
            )
        );
    }

    [Test]
    public void A_newer_runtime()
    {
        var runtime = CompiledLibrary.Of(
            _folder["runtime/System.Runtime.dll"],
            "namespace System { public class Future { } }",
            "99.0.0.0"
        );
        var file = CompiledLibrary.Of(
            _folder["runtime/future.dll"],
            "public class Far : System.Future { }",
            libraries: runtime
        );

        Assert.That(
            Problem(file),
            Is.EqualTo(
                $"{file} was built for .NET 99, and this program runs on .NET {Environment.Version.Major}."
            )
        );
    }

    [Test]
    public void A_base_class_that_is_not_beside_it()
    {
        var shared = CompiledLibrary.Of(
            _folder["elsewhere/Shared.dll"],
            "public abstract class Base : FluentMigrator.Migration { }"
        );
        var file = CompiledLibrary.Of(
            _folder["lonely.dll"],
            "[FluentMigrator.Migration(1)] public class One : Base { public override void Up() { } public override void Down() { } }",
            libraries: shared
        );

        Assert.That(
            Problem(file),
            Is.EqualTo($"{file} needs Shared 1.0.0.0, which is not beside it.")
        );
    }

    private string Library(string name, string attributes, string members) =>
        CompiledLibrary.Of(
            _folder[$"{name}.dll"],
            $"{attributes} public class One : FluentMigrator.Migration {{ {members} }}"
        );

    private static string Problem(string file) =>
        Assert.Throws<InvalidRequestException>(() => MigrationLibraries.Load([file]))!.Message;
}
