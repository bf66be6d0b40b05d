using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Archives;

/// <summary>SQLite takes a name in a DEFAULT for a text: a column with such a one is filled in as well.</summary>
public sealed class SqliteDefaultTests : ArchiveFixture<SqliteTestDatabase>
{
    [SetUp]
    public void AddPosts() =>
        Execute(
            "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT); INSERT INTO posts VALUES (1, 'a'), (2, 'b')"
        );

    [TestCase("\"none\"")]
    [TestCase("none")]
    [TestCase("[none]")]
    public void A_column_with_a_name_for_its_default_has_the_values_of_today_and_the_archives_where_it_has_none(
        string none
    )
    {
        Execute("INSERT INTO posts VALUES (3, '')");
        var catalog = Sql(
            $"ALTER TABLE posts ADD COLUMN name TEXT DEFAULT {none}; UPDATE posts SET name = title WHERE title <> ''; ALTER TABLE posts DROP COLUMN title",
            "ALTER TABLE posts ADD COLUMN title TEXT DEFAULT ''; UPDATE posts SET title = name WHERE id < 3; ALTER TABLE posts DROP COLUMN name"
        );
        Revert(catalog, "UPDATE posts SET name = 'own' WHERE id = 3");
        Execute("UPDATE posts SET title = 'edited' WHERE id = 1");

        Reapply(catalog);

        Assert.That(Query("SELECT * FROM posts"), Is.EqualTo(new[] { "1|edited", "2|b", "3|own" }));
        Assert.That(Archives(), Is.EqualTo(new[] { "posts.name 1 LeftOver" }));
    }
}
