using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Tests.Conformance;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.History;

/// <summary>History tables that SQLite lets others damage.</summary>
public sealed class SqliteHistoryTests : ConformanceTests<SqliteTestDatabase>
{
    private static readonly Engine.Catalog.MigrationCatalog Catalog = MigrationsOf.Catalog(
        MigrationsOf.Table(1, "one"),
        MigrationsOf.Table(2, "two")
    );

    [TestCase(
        "CREATE TABLE VersionInfo (AppliedOn DATETIME, Description TEXT)",
        "no column Version"
    )]
    [TestCase(
        "CREATE VIEW VersionInfo AS SELECT 1 AS Version, NULL AS AppliedOn, NULL AS Description",
        "is a view"
    )]
    [TestCase(
        "CREATE TABLE VersionInfo (Version, AppliedOn, Description); INSERT INTO VersionInfo VALUES (1, 0, ''), ('2nd', 0, '')",
        "'2nd' in row 2"
    )]
    [TestCase(
        "CREATE TABLE VersionInfo (Version, AppliedOn, Description); INSERT INTO VersionInfo VALUES (1, 0, ''), (1, 0, '')",
        "1 twice"
    )]
    public void A_history_that_was_tampered_with_is_refused_by_name(string sql, string named)
    {
        Execute(sql);

        var refused = Fail<RefusedException>(Catalog, new UpRequest());

        Assert.That(refused.Message, Does.Contain(named));
    }

    [TestCase("type", "tAble")]
    [TestCase("name", "versioninfo")]
    public void A_damaged_word_of_the_schema_hides_no_history(string column, string word)
    {
        Succeed(Catalog, new UpRequest(To: 1));
        Execute(
            $"PRAGMA writable_schema=ON; UPDATE sqlite_master SET {column} = '{word}' WHERE name = 'VersionInfo'"
        );

        using var reader = Database.OpenReader(TimeSpan.Zero)!;

        Assert.That(reader.ReadApplied().Single().Version, Is.EqualTo(1));
    }

    [TestCase("UPDATE VersionJournal SET ProcessId = 9223372036854775807")]
    [TestCase("UPDATE VersionJournal SET Statement = 2147483648")]
    [TestCase(
        "CREATE TABLE VersionArchive (Id, RunId, Version, Name, TableName, ColumnName, Scope, State, Reason, Rows, Sequence, ArchivedAt); INSERT INTO VersionArchive (Version, Name) VALUES (1, 'one')"
    )]
    public void A_value_that_cannot_be_there_is_damage(string sql)
    {
        Succeed(Catalog, new UpRequest(To: 1));
        Execute(sql);

        using var reader = Database.OpenReader(TimeSpan.Zero)!;
        var damaged = Assert.Throws<DatabaseUnavailableException>(() =>
        {
            _ = reader.ReadJournal();
            _ = reader.ReadArchives();
        });

        Assert.That(
            damaged!.Message,
            Does.Contain("cannot be there").And.Contains("FROM main.\"Version")
        );
    }
}
