using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Tests.Drivers;

namespace Nitejar.Migrations.Tests;

/// <summary>The schema on both databases, and rules that every migration keeps.</summary>
public sealed class DialectTests
{
    private static readonly MigrationCatalog Catalog = MigrationCatalog.From(MigrationIndex.All);

    [TestCase(DatabaseProvider.Sqlite, "DEFAULT (unixepoch())")]
    [TestCase(DatabaseProvider.Postgres, "DEFAULT (extract(epoch from now())::integer)")]
    public void Timestamps_are_filled_by_the_database(DatabaseProvider provider, string expected)
    {
        var columns = UpSql(provider).Split("_at\" ").Skip(1).ToArray();

        Assert.That(columns, Has.Length.EqualTo(8));
        Assert.That(columns, Is.All.Contains(expected));
    }

    [TestCase(DatabaseProvider.Sqlite)]
    [TestCase(DatabaseProvider.Postgres)]
    public void No_statement_depends_on_what_is_there(DatabaseProvider provider)
    {
        foreach (var known in Catalog.All)
        {
            foreach (var direction in Enum.GetValues<Direction>())
            {
                var script = new MigrationCompiler(provider.Driver()).Compile(
                    known,
                    direction,
                    schema: null
                );

                Assert.That(script.AskedDatabase, Is.False, $"{known.Id} {direction}");
                Assert.That(script.Operations, Is.Not.Empty, $"{known.Id} {direction}");
            }
        }
    }

    [Test]
    public void The_index_holds_every_migration_file()
    {
        var files = Directory
            .EnumerateFiles(SourceFolder(), "*_*.cs")
            .Select(Path.GetFileNameWithoutExtension)
            .Order(StringComparer.Ordinal);

        Assert.That(Catalog.All.Select(known => known.Id.ToString()), Is.EqualTo(files));
    }

    private static string UpSql(DatabaseProvider provider) =>
        string.Join(
            '\n',
            Catalog.All.Select(known =>
                new MigrationCompiler(provider.Driver())
                    .Compile(known, Direction.Up, schema: null)
                    .Sql
            )
        );

    private static string SourceFolder()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Nitejar.Migrations.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return Path.Combine(folder, "src", "Nitejar.Migrations");
    }
}
