using Nitejar.Migrations.Engine.Planning;

namespace Nitejar.Migrations.Engine.Tests.Conformance.Archives;

/// <summary>An Up that fills its table from rows which people have changed since the Down takes nothing from them.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class MovedRowsConformance<TDatabase> : ArchiveFixture<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private const string Up = """
        CREATE TABLE articles (id integer PRIMARY KEY, title text);
        INSERT INTO articles SELECT id, title FROM posts;
        DROP TABLE posts;
        """;

    private const string Down = """
        CREATE TABLE posts (id integer PRIMARY KEY, title text);
        INSERT INTO posts SELECT id, title FROM articles;
        DROP TABLE articles;
        """;

    [SetUp]
    public void AddPosts() =>
        Execute(
            "CREATE TABLE posts (id integer PRIMARY KEY, title text); INSERT INTO posts (id, title) VALUES (1, 'a'), (2, 'b')"
        );

    [TestCase(Up, Down)]
    [TestCase(
        "ALTER TABLE posts RENAME TO articles",
        "CREATE TABLE posts (id integer PRIMARY KEY, title text); INSERT INTO posts SELECT * FROM articles; DROP TABLE articles"
    )]
    [TestCase(
        "CREATE TABLE moved AS SELECT * FROM posts; DELETE FROM posts; CREATE TABLE articles (id integer PRIMARY KEY, title text); INSERT INTO articles SELECT * FROM moved; DROP TABLE moved",
        "INSERT INTO posts SELECT * FROM articles; DROP TABLE articles"
    )]
    public void What_people_did_to_the_rows_meanwhile_stays(string up, string down)
    {
        var catalog = Sql(up, down);
        Revert(catalog, "SELECT 1");
        Execute(
            "UPDATE posts SET title = 'edited' WHERE id = 1; INSERT INTO posts (id, title) VALUES (3, 'new')"
        );

        var restored = Reapply(catalog);

        Assert.That(
            Query("SELECT * FROM articles ORDER BY id"),
            Is.EqualTo(new[] { "1|edited", "2|b", "3|new" })
        );
        Assert.That(restored.Sum(rows => rows.Left), Is.EqualTo(1));
        Assert.That(Archives(), Is.EqualTo(new[] { "articles 1 LeftOver" }));
    }

    [Test]
    public void Rows_that_nobody_changed_are_back_without_a_word()
    {
        var catalog = Sql(Up, Down);
        Revert(catalog, "SELECT 1");

        var restored = Reapply(catalog);

        Assert.That(
            Query("SELECT * FROM articles ORDER BY id"),
            Is.EqualTo(new[] { "1|a", "2|b" })
        );
        Assert.That(restored.Single(), Has.Property("Left").EqualTo(0));
        Assert.That(Archives(), Is.Empty);
    }

    [TestCase("'none'")]
    [TestCase("('none')")]
    public void A_column_that_is_made_of_another_one_has_the_values_of_today_and_the_archives_where_it_has_none(
        string none
    )
    {
        Execute("INSERT INTO posts (id, title) VALUES (3, '')");
        var catalog = Sql(
            $"ALTER TABLE posts ADD COLUMN name text DEFAULT {none}; UPDATE posts SET name = title WHERE title <> ''; ALTER TABLE posts DROP COLUMN title",
            "ALTER TABLE posts ADD COLUMN title text DEFAULT ''; UPDATE posts SET title = name WHERE id < 3; ALTER TABLE posts DROP COLUMN name"
        );
        Revert(catalog, "UPDATE posts SET name = 'own' WHERE id = 3");
        Execute("UPDATE posts SET title = 'edited' WHERE id = 1");

        Reapply(catalog);

        Assert.That(
            Query("SELECT * FROM posts ORDER BY id"),
            Is.EqualTo(new[] { "1|edited", "2|b", "3|own" })
        );
        Assert.That(Archives(), Is.EqualTo(new[] { "posts.name 1 LeftOver" }));
    }

    [Test]
    public void A_table_without_rows_that_goes_moves_none()
    {
        Execute("CREATE TABLE legacy (id integer)");
        var catalog = Sql(
            "CREATE TABLE kinds (id integer PRIMARY KEY, name text); INSERT INTO kinds (id, name) VALUES (1, 'seed'); DROP TABLE legacy",
            "CREATE TABLE legacy (id integer); DROP TABLE kinds"
        );
        Revert(catalog, "UPDATE kinds SET name = 'edited'");

        Reapply(catalog);

        Assert.That(Query("SELECT * FROM kinds"), Is.EqualTo(new[] { "1|edited" }));
    }

    [Test]
    public void A_column_that_moved_into_a_table_of_its_own_has_the_values_of_today()
    {
        Execute("ALTER TABLE posts ADD COLUMN body text; UPDATE posts SET body = 'old'");
        var catalog = Sql(
            "CREATE TABLE bodies (id integer PRIMARY KEY, body text); INSERT INTO bodies SELECT id, body FROM posts; ALTER TABLE posts DROP COLUMN body",
            "ALTER TABLE posts ADD COLUMN body text; UPDATE posts SET body = (SELECT body FROM bodies b WHERE b.id = posts.id); DROP TABLE bodies"
        );
        Revert(catalog, "SELECT 1");
        Execute(
            "UPDATE posts SET body = 'edited' WHERE id = 1; INSERT INTO posts (id, title, body) VALUES (3, 'c', 'new')"
        );

        Reapply(catalog);

        Assert.That(
            Query("SELECT * FROM bodies ORDER BY id"),
            Is.EqualTo(new[] { "1|edited", "2|old", "3|new" })
        );
    }

    [Test]
    public void A_copy_whose_origin_stays_gives_way_to_what_people_made_of_it()
    {
        var catalog = Sql(
            "CREATE TABLE notes (id integer PRIMARY KEY, note text); INSERT INTO notes SELECT id, title FROM posts",
            "DROP TABLE notes"
        );
        Succeed(catalog, new UpRequest());
        Execute("UPDATE notes SET note = 'mine' WHERE id = 1");
        Succeed(catalog, new DownRequest(), Allowed);

        Reapply(catalog);

        Assert.That(
            Query("SELECT * FROM notes ORDER BY id"),
            Is.EqualTo(new[] { "1|mine", "2|b" })
        );
    }
}
