using System.Reflection;
using FluentMigrator;
using Entry = (
    FluentMigrator.MigrationAttribute Attribute,
    System.Attribute[] Conditions,
    string Name,
    System.Func<FluentMigrator.IMigration> Create
);

namespace Nitejar.Migrations.Hosting.Tests.Support;

/// <summary>The migrations of a small library: authors, then books, then shelves.</summary>
internal static class Library
{
    public static readonly Entry Authors = Make<CreateAuthors>("Authors");

    public static readonly Entry Books = Make<CreateBooks>("Books");

    /// <summary>Another class with the version and the name of <see cref="Books"/>.</summary>
    public static readonly Entry ChangedBooks = Make<CreateBooksDifferently>("Books");

    public static readonly Entry Shelves = Make<CreateShelves>("Shelves");

    public static readonly Entry Broken = Make<FillShelvesTwice>("Broken");

    public static readonly Entry Irreversible = Make<ForgetDown>("Irreversible");

    public static readonly Entry Code = Make<RunCode>("Code");

    public static readonly Entry WithoutTransaction = Make<RunAlone>("WithoutTransaction");

    public static readonly Entry Interrupted = Make<BreakAlone>("Interrupted");

    /// <summary>Has the tag <c>reading-room</c>, and is older than <see cref="Shelves"/>.</summary>
    public static readonly Entry ReadingRoom = Make<CreateDesks>("ReadingRoom");

    /// <summary>Declares a breaking change.</summary>
    public static readonly Entry Closed = Make<CloseShelves>("Closed");

    /// <summary>Its Down forgets the index and spoils the rooms.</summary>
    public static readonly Entry WrongDown = Make<IndexRooms>("WrongDown");

    public static readonly Entry Password = Make<SetPassword>("Password");

    /// <summary>A program that knows all that works.</summary>
    public static Host Host() => new(Authors, Books, Shelves);

    private static Entry Make<T>(string name)
        where T : IMigration, new() =>
        (
            typeof(T).GetCustomAttribute<MigrationAttribute>()!,
            [.. typeof(T).GetCustomAttributes<TagsAttribute>()],
            name,
            () => new T()
        );

    [Migration(20250101000000)]
    private sealed class CreateAuthors : Migration
    {
        public override void Up() =>
            Create
                .Table("authors")
                .WithColumn("id")
                .AsInt64()
                .NotNullable()
                .PrimaryKey()
                .Identity()
                .WithColumn("name")
                .AsString()
                .NotNullable();

        public override void Down() => Delete.Table("authors");
    }

    [Migration(20250201000000, "Books and who wrote them")]
    private sealed class CreateBooks : Migration
    {
        public override void Up()
        {
            Create
                .Table("books")
                .WithColumn("id")
                .AsInt64()
                .NotNullable()
                .PrimaryKey()
                .WithColumn("title")
                .AsString()
                .NotNullable()
                .WithDefaultValue("untitled")
                .WithColumn("author_id")
                .AsInt64()
                .Nullable()
                .ForeignKey("fk_books_author_id", "authors", "id")
                .OnDelete(System.Data.Rule.Cascade);
            Create.Index("idx_books_title").OnTable("books").OnColumn("title").Unique();
        }

        public override void Down() => Delete.Table("books");
    }

    [Migration(20250201000000, "Books and who wrote them")]
    private sealed class CreateBooksDifferently : Migration
    {
        public override void Up() => Execute.Sql("CREATE TABLE books (id INTEGER PRIMARY KEY)");

        public override void Down() => Delete.Table("books");
    }

    [Migration(20250215000000), Tags("reading-room")]
    private sealed class CreateDesks : Migration
    {
        public override void Up() => Execute.Sql("CREATE TABLE desks (number INTEGER PRIMARY KEY)");

        public override void Down() => Execute.Sql("DROP TABLE desks");
    }

    [Migration(20250301000000)]
    private sealed class CreateShelves : Migration
    {
        public override void Up() =>
            Execute.Sql(
                """
                CREATE TABLE shelves (number INTEGER PRIMARY KEY, room TEXT NOT NULL);
                CREATE VIEW rooms AS SELECT DISTINCT room FROM shelves;
                """
            );

        public override void Down() => Execute.Sql("DROP VIEW rooms; DROP TABLE shelves;");
    }

    [Migration(20250315000000, BreakingChange = true)]
    private sealed class CloseShelves : Migration
    {
        public override void Up() => Execute.Sql("CREATE TABLE closed (number INTEGER)");

        public override void Down() => Execute.Sql("DROP TABLE closed");
    }

    [Migration(20250310000000)]
    private sealed class IndexRooms : Migration
    {
        public override void Up() =>
            Execute.Sql("CREATE INDEX idx_shelves_room ON shelves (room);");

        public override void Down() =>
            Execute.Sql("UPDATE shelves SET room = 'hall' WHERE number = 1000001;");
    }

    [Migration(20250401000000)]
    private sealed class FillShelvesTwice : Migration
    {
        public override void Up() =>
            Execute.Sql(
                """
                INSERT INTO shelves (number, room) VALUES (1, 'hall');
                SELECT 1;

                INSERT INTO shelves (number, room)
                VALUES (1, 'cellar');
                """
            );

        public override void Down() => Execute.Sql("DELETE FROM shelves;");
    }

    [Migration(20250501000000)]
    private sealed class ForgetDown : Migration
    {
        public override void Up() => Execute.Sql("CREATE TABLE letters (id INTEGER)");

        public override void Down() => throw new NotSupportedException("Letters stay.");
    }

    [Migration(20250601000000)]
    private sealed class RunCode : Migration
    {
        public override void Up() =>
            Execute.WithConnection(
                (connection, transaction) =>
                {
                    using var command = connection.CreateCommand();
                    command.Transaction = transaction;
                    command.CommandText = "CREATE TABLE coded (id INTEGER)";
                    command.ExecuteNonQuery();
                }
            );

        public override void Down() => Execute.Sql("DROP TABLE coded");
    }

    [Migration(20250701000000, TransactionBehavior.None)]
    private sealed class RunAlone : Migration
    {
        public override void Up() => Execute.Sql("VACUUM");

        public override void Down() => Execute.Sql("VACUUM");
    }

    [Migration(20250701000000, TransactionBehavior.None)]
    private sealed class BreakAlone : Migration
    {
        public override void Up() =>
            Execute.Sql("CREATE TABLE alone (id INTEGER);\nVACUUM;\nSELECT no_such_column;");

        public override void Down() => Execute.Sql("DROP TABLE alone;");
    }

    [Migration(20250801000000)]
    private sealed class SetPassword : Migration
    {
        public override void Up() =>
            Execute.Sql("UPDATE users SET password=upper(password) WHERE id = 1");

        public override void Down() => Execute.Sql("SELECT 1");
    }
}
