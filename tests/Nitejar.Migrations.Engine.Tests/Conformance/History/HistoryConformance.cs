using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;

namespace Nitejar.Migrations.Engine.Tests.Conformance.History;

/// <summary>History tables that are not as they should be.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class HistoryConformance<TDatabase> : ConformanceTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private static readonly Engine.Catalog.MigrationCatalog Catalog = MigrationsOf.Catalog(
        MigrationsOf.Table(1, "one"),
        MigrationsOf.Table(2, "two")
    );

    [Test]
    public void A_history_without_versions_is_refused_by_name()
    {
        Execute("CREATE TABLE \"VersionInfo\" (\"AppliedOn\" timestamp, \"Description\" text)");

        var refused = Fail<RefusedException>(Catalog, new UpRequest());

        Assert.That(refused.Message, Does.Contain("no column Version"));
    }

    [TestCase("Outcome", "superseded", "the word 'superseded'")]
    [TestCase("Direction", "sideways", "the word 'sideways'")]
    [TestCase("Reversal", "archive", "the word 'archive'")]
    [TestCase("Outcome", "", "the word ''")]
    public void A_word_that_a_newer_release_has_written_is_refused(
        string column,
        string word,
        string named
    )
    {
        Succeed(Catalog, new UpRequest(To: 1));
        Execute($"UPDATE \"VersionJournal\" SET \"{column}\" = '{word}'");

        using (var reader = Database.OpenReader(TimeSpan.Zero)!)
        {
            RefusesWord(() => reader.ReadJournal(), $"VersionJournal holds {named}", column);
        }

        RefusesWord(
            () => throw Fail<RefusedException>(Catalog, new UpRequest()),
            $"VersionJournal holds {named}",
            column
        );
    }

    [Test]
    public void A_column_that_every_release_had_is_not_guessed()
    {
        Succeed(Catalog, new UpRequest(To: 1));
        Execute("ALTER TABLE \"VersionJournal\" DROP COLUMN \"Outcome\"");

        using var reader = Database.OpenReader(TimeSpan.Zero)!;

        RefusesWord(() => reader.ReadJournal(), "VersionJournal holds NULL", "Outcome");
    }

    [TestCase("State", "lent")]
    [TestCase("Scope", "partition")]
    public void A_word_that_a_newer_release_has_archived_is_refused(string column, string word)
    {
        Succeed(Catalog, new UpRequest(To: 1));
        Execute("INSERT INTO one (id) VALUES (1)");
        Succeed(
            Catalog,
            new DownRequest(),
            new RunSettings(TimeSpan.Zero, Consent: Consent.ToRequest)
        );
        Execute($"UPDATE \"VersionArchive\" SET \"{column}\" = '{word}'");

        using var reader = Database.OpenReader(TimeSpan.Zero)!;

        RefusesWord(() => reader.ReadArchives(), $"VersionArchive holds the word '{word}'", column);
    }

    [Test]
    public void A_database_without_a_journal_is_read_by_its_versions()
    {
        Succeed(Catalog, new UpRequest(To: 1));
        Execute("DROP TABLE \"VersionJournal\"");

        Succeed(Catalog, new UpRequest());
        Succeed(Catalog, new DownRequest(All: true));

        Assert.That(Applied(), Is.Empty);
    }

    [Test]
    public void A_journal_of_an_older_version_gets_the_columns_that_it_lacks()
    {
        Succeed(Catalog, new UpRequest(To: 1));
        Execute("ALTER TABLE \"VersionJournal\" DROP COLUMN \"Host\"");
        Execute("ALTER TABLE \"VersionJournal\" DROP COLUMN \"ReversalNote\"");

        using (var reader = Database.OpenReader(TimeSpan.Zero)!)
        {
            Assert.That(reader.ReadJournal().Single().Origin.Host, Is.Empty);
        }

        Succeed(Catalog, new UpRequest());

        Assert.That(
            Query("SELECT \"Host\" FROM \"VersionJournal\" ORDER BY \"Id\""),
            Is.EqualTo(new[] { "", "host" })
        );
    }

    [Test]
    public void What_another_tool_applied_again_has_no_journal_any_more()
    {
        Succeed(Catalog, new UpRequest(To: 1));
        Succeed(Catalog, new DownRequest());
        Execute(
            "INSERT INTO \"VersionInfo\" (\"Version\", \"AppliedOn\", \"Description\") VALUES (1, CURRENT_TIMESTAMP, 'one')"
        );

        using var reader = Database.OpenReader(TimeSpan.Zero)!;

        Assert.That(HistoryReader.Read(reader).JournalOf(1), Is.Null);
    }

    /// <summary>But the order of versions where rows have none: VersionInfo says it by its times then.</summary>
    [Test]
    public void Nothing_depends_on_the_clock()
    {
        Succeed(Catalog, new UpRequest());
        Execute(
            "UPDATE \"VersionInfo\" SET \"AppliedOn\" = '2036-01-01 00:00:00' WHERE \"Version\" = 1"
        );
        Execute("UPDATE \"VersionJournal\" SET \"StartedAt\" = 'yesterday'");

        var result = Succeed(Catalog, new DownRequest());

        Assert.That(result.Steps.Single().Id.Version, Is.EqualTo(TDatabase.NumbersRows ? 2 : 1));
    }

    [Test]
    public void An_accepted_change_keeps_the_stored_way_back()
    {
        Succeed(MigrationsOf.Catalog(MigrationsOf.Table(1, "one")), new UpRequest());
        var changed = MigrationsOf.Catalog(
            MigrationsOf.Sql(1, "one", "CREATE TABLE one (id TEXT)", "DROP TABLE another")
        );

        Succeed(changed, new UpRequest(AcceptChanged: [1]));

        using (var reader = Database.OpenReader(TimeSpan.Zero)!)
        {
            var entry = reader.ReadJournal()[^1];
            Assert.That(entry.Outcome, Is.EqualTo(JournalOutcome.Accepted));
            Assert.That(
                reader.ReadJournalSql(entry.Id),
                Is.EqualTo(new JournalSql("CREATE TABLE one (id TEXT);", "DROP TABLE one;"))
            );
        }

        Succeed(
            changed,
            new DownRequest(),
            new RunSettings(TimeSpan.Zero, Consent: Consent.ToRequest)
        );
    }

    private static void RefusesWord(Action read, string what, string column)
    {
        var refused = Assert.Throws<RefusedException>(() => read())!;
        Assert.That(
            refused.Message,
            Is.EqualTo($"{what} in column {column} of row 1, which this program does not know.")
        );
        Assert.That(refused.NextStep, Does.Contain("Use a newer release of the program"));
    }
}
