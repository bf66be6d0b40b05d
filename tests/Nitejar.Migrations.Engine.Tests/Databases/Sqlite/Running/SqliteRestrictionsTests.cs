using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Running;

/// <summary>SQL that comes from the database stays inside it, and so does that of classes which do not say otherwise.</summary>
public sealed class SqliteRestrictionsTests : ArchiveFixture<SqliteTestDatabase>
{
    private const string Mark = " /* nitejar-migrate: unrestricted */";
    private TemporaryFolder _others = null!;

    private static readonly string[] Hostile =
    [
        "ATTACH '{0}' AS p; INSERT INTO p.secrets VALUES ('by attacker')",
        "attach database '{0}' as p",
        "/* */ ;; \uFEFFATTACH '{0}' AS p",
        "SELECT 1; ATTACH '{0}' AS p; CREATE TABLE stolen AS SELECT * FROM p.secrets",
        "DETACH p",
        "VACUUM INTO '{1}'",
        "VACUUM main INTO '{1}'",
        "PRAGMA temp_store_directory = '/tmp'",
        "PRAGMA writable_schema = ON",
        "pragma main.writable_schema(1)",
        "EXPLAIN PRAGMA writable_schema = ON",
        "PRAGMA trusted_schema = ON",
        "PRAGMA journal_mode = OFF",
        "PRAGMA journal_mode(MEMORY)",
        "PRAGMA synchronous = 0",
        "PRAGMA data_store_directory = '/tmp'",
        "PRAGMA cell_size_check = OFF",
    ];

    [SetUp]
    public void AddOtherDatabase()
    {
        _others = new TemporaryFolder();
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection(
            $"Data Source={Other};Pooling=False"
        );
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE secrets (a); INSERT INTO secrets VALUES ('theirs')";
        command.ExecuteNonQuery();
    }

    [TearDown]
    public void DeleteOtherDatabase() => _others.Dispose();

    [Test]
    public void Stored_SQL_is_refused(
        [ValueSource(nameof(Hostile))] string sql,
        [Values] bool hasTransaction
    )
    {
        var catalog = Hidden(hasTransaction);
        Succeed(catalog, new UpRequest());
        Store(sql);
        var other = File.ReadAllBytes(Other);

        var result = Run(MigrationsOf.Catalog(), new DownRequest(), Allowed);

        Assert.That(result.Failure, Is.InstanceOf<MigrationFailedException>());
        RequireUntouched(other);
    }

    [Test]
    public void Even_where_it_says_that_it_needs_more([ValueSource(nameof(Hostile))] string sql)
    {
        Succeed(Hidden(hasTransaction: true), new UpRequest());
        Store(sql + Mark);
        var other = File.ReadAllBytes(Other);

        Fail<MigrationFailedException>(MigrationsOf.Catalog(), new DownRequest(), Allowed);

        RequireUntouched(other);
    }

    [Test]
    public void A_class_is_refused_too([ValueSource(nameof(Hostile))] string sql)
    {
        Execute("CREATE TABLE somebodys (id INTEGER)");
        var other = File.ReadAllBytes(Other);

        var result = Run(
            MigrationsOf.Catalog(
                MigrationsOf
                    .Sql(1, "One", string.Format(null, sql, Other, Copy))
                    .WithoutTransaction()
            ),
            new UpRequest()
        );

        Assert.That(result.Failure, Is.InstanceOf<MigrationFailedException>());
        RequireUntouched(other);
    }

    [Test]
    public void A_class_that_says_so_may_and_only_the_class_reverts_it()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf
                .Sql(
                    1,
                    "One",
                    $"ATTACH '{Other}' AS p{Mark}; CREATE TABLE copy AS SELECT * FROM p.secrets; DETACH p",
                    $"DROP TABLE copy; VACUUM INTO '{Copy}'{Mark}"
                )
                .WithoutTransaction()
        );

        Succeed(catalog, new UpRequest());
        Assert.That(Query("SELECT a FROM copy"), Is.EqualTo(new[] { "theirs" }));
        Assert.That(
            Query("SELECT Reversal, DownSql FROM VersionJournal WHERE Outcome = 'applied'"),
            Is.EqualTo(new[] { "code|" })
        );

        Fail<RefusedException>(MigrationsOf.Catalog(), new DownRequest(), Allowed);
        var asked = Fail<RefusedException>(catalog, new DownRequest());
        Assert.That(asked.Detail, Does.Contain(Copy));
        Succeed(catalog, new DownRequest(), Allowed);
        Assert.That(File.Exists(Copy));
    }

    [TestCase("VACUUM")]
    [TestCase("VACUUM main;")]
    [TestCase("PRAGMA user_version = 7")]
    [TestCase("PRAGMA journal_mode = WAL")]
    [TestCase("PRAGMA foreign_key_check")]
    public void What_stays_inside_goes_on_as_before(string sql)
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Sql(1, "One", sql, sql).WithoutTransaction()
        );

        Succeed(catalog, new UpRequest());
        Succeed(MigrationsOf.Catalog(), new DownRequest(), Allowed);
    }

    [Test]
    public void The_journal_cannot_take_the_transaction_from_a_class_that_has_one()
    {
        var catalog = MigrationsOf.Catalog(MigrationsOf.Table(1, "one"));
        Succeed(catalog, new UpRequest());
        Execute("UPDATE VersionJournal SET Statement = 8");

        var failure = Fail<CheckFailedException>(catalog, new DownRequest(), Allowed);

        Assert.That(failure.Message, Does.Contain("1_one").And.Contain("without a transaction"));
    }

    [Test]
    public void An_interruption_that_the_class_cannot_have_had_is_not_settled()
    {
        var catalog = MigrationsOf.Catalog(MigrationsOf.Table(1, "one"));
        Succeed(catalog, new UpRequest());
        Execute(
            "UPDATE VersionJournal SET Outcome = 'started', Statement = 1; DELETE FROM VersionInfo"
        );

        Fail<CheckFailedException>(catalog, new DownRequest(), Allowed);
    }

    [Test]
    public void Another_Down_than_the_class_has_wants_consent_and_is_named()
    {
        var catalog = MigrationsOf.Catalog(MigrationsOf.Table(1, "one"));
        Succeed(catalog, new UpRequest());
        Store("CREATE TABLE mine (a); DROP TABLE one");

        var refused = Fail<DataLossRefusedException>(catalog, new DownRequest());
        Assert.That(refused.Message, Does.Contain("its class would execute other SQL"));

        var result = Succeed(catalog, new DownRequest(), Allowed);
        Assert.That(result.Warnings, Has.One.Contains("1_one is stored in VersionJournal"));
        Assert.That(Query("SELECT count(*) FROM mine"), Is.EqualTo(new[] { "0" }));
    }

    [Test]
    public void A_class_that_cannot_be_compared_is_not_doubted()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Code(
                1,
                "Asks",
                m => m.Create.Table("t").WithColumn("id").AsInt32(),
                m =>
                {
                    if (m.Schema.Table("t").Exists())
                    {
                        m.Delete.Table("t");
                    }
                }
            )
        );
        Succeed(catalog, new UpRequest());
        Execute("UPDATE VersionJournal SET DownSql = 'DROP TABLE \"t\"'");

        Succeed(catalog, new DownRequest());
    }

    private string Other => _others["other.db"];

    private string Copy => _others["copy.db"];

    private static MigrationCatalog Hidden(bool hasTransaction)
    {
        var known = MigrationsOf.Sql(1, "One", "CREATE TABLE t (a)", "DROP TABLE t");
        return MigrationsOf.Catalog(hasTransaction ? known : known.WithoutTransaction());
    }

    private void Store(string sql) =>
        Execute(
            $"UPDATE VersionJournal SET DownSql = '{string.Format(null, sql, Other, Copy).Replace("'", "''", StringComparison.Ordinal)}' WHERE Outcome = 'applied'"
        );

    private void RequireUntouched(byte[] other)
    {
        Assert.That(File.ReadAllBytes(Other), Is.EqualTo(other));
        Assert.That(File.Exists(Copy), Is.False);
        Assert.That(Query("SELECT name FROM sqlite_master WHERE name = 'stolen'"), Is.Empty);
    }
}
