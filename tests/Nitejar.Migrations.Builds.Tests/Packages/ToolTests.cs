using Nitejar.Migrations.Binary.Tests.Documentation;

namespace Nitejar.Migrations.Builds.Tests.Packages;

/// <summary>The .NET tool, installed from its package, with libraries that it has not been built with.</summary>
[Platform("Linux")]
public sealed class ToolTests
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
          <ItemGroup>
            <PackageReference Include="FluentMigrator" Version="8.0.1" />
            {0}
          </ItemGroup>
        </Project>
        """;

    /// <summary>In F#, which brings a library of its own: printing needs FSharp.Core.</summary>
    private const string FSharp = """
        namespace Shop
        open FluentMigrator

        [<Migration(2L)>]
        type Prices() =
            inherit Migration()
            override this.Up() =
                this.Create.Table("prices").WithColumn("id").AsInt64().PrimaryKey().Identity().WithColumn("name").AsString() |> ignore
                this.Insert.IntoTable("prices").Row({| name = sprintf "%s in F#" "tea" |}) |> ignore
            override this.Down() = this.Delete.Table("prices") |> ignore
        """;

    private const string VisualBasic = """
        Imports FluentMigrator

        <Migration(1)> Public Class Orders
            Inherits AutoReversingMigration
            Public Overrides Sub Up()
                Create.Table("orders").WithColumn("id").AsInt64().PrimaryKey()
                Insert.IntoTable("orders").Row(New With {.id = 7})
            End Sub
        End Class
        """;

    private readonly PackageFeed _feed = SharedPackageFeed.Instance;

    [Test]
    public void Libraries_in_other_languages_are_migrated_as_the_page_says()
    {
        var folder = Path.Combine(_feed.Place, "libraries");
        Write(
            Path.Combine(folder, "Shop.Orders"),
            "Shop.Orders.vbproj",
            "",
            ("Orders.vb", VisualBasic)
        );
        Write(
            Path.Combine(folder, "Shop.Migrations"),
            "Shop.Migrations.fsproj",
            """<Compile Include="Prices.fs" /><ProjectReference Include="../Shop.Orders/Shop.Orders.vbproj" />""",
            ("Prices.fs", FSharp)
        );

        foreach (var line in DocumentedBlock.Of("docs/tool.md", "dotnet tool ").Text.Split('\n'))
        {
            Shell(folder, line);
        }

        Assert.That(
            Shell(
                folder,
                "tools/nitejar-migrate up --assembly out/Shop.Migrations.dll --assembly out/Shop.Orders.dll -c both.db"
            ),
            Does.Contain("applied  1_Orders").And.Contain("applied  2_Prices")
        );
    }

    [Test]
    public void The_program_itself_is_a_dotnet_tool()
    {
        Shell(_feed.Place, "dotnet tool install nitejar-migrate --tool-path own-tools");

        Assert.That(
            Shell(_feed.Place, "own-tools/nitejar-migrate up -c t.db"),
            Does.Contain("applied")
        );
    }

    private static void Write(
        string folder,
        string project,
        string items,
        (string Name, string Text) source
    )
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(
            Path.Combine(folder, project),
            Project.Replace("{0}", items, StringComparison.Ordinal)
        );
        File.WriteAllText(Path.Combine(folder, source.Name), source.Text);
    }

    private string Shell(string folder, string line) =>
        _feed.Run(Programs.Require("sh"), folder, "-c", line).Output;
}
