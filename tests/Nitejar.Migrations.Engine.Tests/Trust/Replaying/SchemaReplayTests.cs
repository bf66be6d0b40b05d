using FluentMigrator;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Trust.Replaying;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Engine.Tests.Trust.Replaying;

public sealed class SchemaReplayTests
{
    private TemporaryFolder _folder = null!;

    private IDatabase Database => new SqliteDatabase(_folder["shop.db"]);

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void It_tells_what_migrations_make_one_after_the_other()
    {
        using var replay = Begin();

        replay.Apply(MigrationsOf.Table(1, "books"));
        var afterFirst = TablesOf(replay);
        replay.Apply(MigrationsOf.Sql(2, "Two", "ALTER TABLE books RENAME TO titles"));

        Assert.That(afterFirst, Is.EqualTo(["books"]));
        Assert.That(TablesOf(replay), Is.EqualTo(["titles"]));
    }

    [Test]
    public void Questions_are_answered_by_what_was_replayed()
    {
        using var replay = Begin();
        replay.Apply(MigrationsOf.Table(1, "books"));

        replay.Apply(
            MigrationsOf.Code(
                2,
                "Two",
                m =>
                {
                    if (m.Schema.Table("books").Exists())
                    {
                        m.Execute.Sql("CREATE TABLE authors (id INTEGER PRIMARY KEY)");
                    }
                },
                _ => { }
            )
        );

        Assert.That(TablesOf(replay), Is.EqualTo(["authors", "books"]));
    }

    [Test]
    public void It_runs_migrations_without_a_transaction()
    {
        using var replay = Begin();
        replay.Apply(MigrationsOf.Table(1, "books"));

        replay.Apply(
            MigrationsOf
                .Sql(2, "Two", "VACUUM; CREATE TABLE authors (id INTEGER PRIMARY KEY)")
                .WithoutTransaction()
        );

        Assert.That(TablesOf(replay), Is.EqualTo(["authors", "books"]));
    }

    [Test]
    public void It_makes_no_file_beside_the_database()
    {
        using (var replay = Begin())
        {
            replay.Apply(MigrationsOf.Table(1, "books"));
            replay.Apply(
                MigrationsOf
                    .Code(2, "Two", m => m.Insert.IntoTable("books").Row(new { id = 1 }), _ => { })
                    .WithoutTransaction()
            );
        }

        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.Empty);
    }

    [Test]
    public void A_migration_that_fails_on_an_empty_database_is_named()
    {
        using var replay = Begin();

        var refusal = Assert.Throws<RefusedException>(() =>
            replay.Apply(MigrationsOf.Sql(7, "Late", "DROP TABLE books"))
        );

        Assert.That(refusal.Message, Does.StartWith("7_Late cannot be replayed"));
        Assert.That(refusal.Message, Does.EndWith("no such table: books."));
    }

    [Test]
    public void Stored_SQL_may_use_no_other_file()
    {
        using var replay = Begin();

        Assert.Throws<RefusedException>(() =>
            replay.Execute(
                new MigrationId(1, "One"),
                $"/* nitejar-migrate: unrestricted */ ATTACH '{_folder["other.db"]}' AS other"
            )
        );
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.Empty);
    }

    private SchemaReplay Begin() => SchemaReplay.Begin(Database, CancellationToken.None);

    private static string[] TablesOf(SchemaReplay replay) =>
        [.. replay.ReadSchema().Tables.Select(table => table.Name.Name)];
}
