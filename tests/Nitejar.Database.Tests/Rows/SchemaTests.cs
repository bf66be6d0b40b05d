using LinqToDB.Data;
using Nitejar.Database.Tests.Databases;
using Nitejar.Database.Tests.Layouts;

namespace Nitejar.Database.Tests.Rows;

/// <summary>The rows are what the migrations made, column by column.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class SchemaTests<TDatabase> : DatabaseTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    [Test]
    public void Every_column_has_the_type_nullability_default_and_key_of_the_mapping() =>
        Assert.That(Migrated(), Is.EqualTo(Mapped()));

    [Test]
    public void Every_column_is_that_of_the_mapping_once_the_rename_was_followed()
    {
        Rename.Follow(Db);

        Assert.That(Migrated(), Is.EqualTo(Mapped(MappedTable.Renamed)));
    }

    [Test]
    public void The_types_of_rows_say_of_null_what_the_mapping_says() =>
        Assert.That(
            MappedTable.All.Concat(MappedTable.Renamed).SelectMany(table => table.Contradictions()),
            Is.Empty
        );

    [TestCase("CREATE TABLE more (id text)", TestName = "another table")]
    [TestCase("DROP TABLE agent_repo_capabilities", TestName = "a table less")]
    [TestCase("ALTER TABLE agents ADD COLUMN more text", TestName = "another column")]
    [TestCase("ALTER TABLE agents DROP COLUMN sprite_id", TestName = "a column less")]
    [TestCase("ALTER TABLE agents RENAME COLUMN sprite_id TO sprite", TestName = "another name")]
    public void A_difference_is_seen(string change)
    {
        Db.Execute(change);

        Assert.That(Migrated(), Is.Not.EqualTo(Mapped()));
    }

    [TestCase("bigint NOT NULL DEFAULT 0", TestName = "another type")]
    [TestCase("text DEFAULT 'idle'", TestName = "another nullability")]
    [TestCase("text NOT NULL DEFAULT 'busy'", TestName = "another default")]
    public void A_column_of_another_kind_is_seen(string column)
    {
        Db.Execute("ALTER TABLE agents DROP COLUMN status");
        Db.Execute($"ALTER TABLE agents ADD COLUMN status {column}");

        Assert.That(Migrated(), Is.Not.EqualTo(Mapped()));
    }

    private string[] Migrated() =>
        [.. Database.Tables().SelectMany(table => Lines(table, Database.Columns(table)))];

    private string[] Mapped() => Mapped(MappedTable.All);

    private string[] Mapped(IEnumerable<MappedTable> tables) =>
        [
            .. tables
                .Select(table => table with { Integers = Db.Dialect.Integers })
                .OrderBy(table => table.Name, StringComparer.Ordinal)
                .SelectMany(table => Lines(table.Name, table.Columns(Database.TypeName))),
        ];

    private static IEnumerable<string> Lines(string table, IEnumerable<ColumnFacts> columns) =>
        columns
            .OrderBy(column => column.Name, StringComparer.Ordinal)
            .Select(column => $"{table}: {column}");
}
