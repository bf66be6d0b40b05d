using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.History.Definitions;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Postgres.Connections;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Schema;

/// <summary>How objects are defined is read in texts that are the same for the same schema, and no other session is waited for.</summary>
public sealed class DefinitionReaderTests : PostgresSchemaFixture
{
    private const string Settings =
        "quote_all_identifiers = on,TimeZone = 'Asia/Tokyo',DateStyle = 'SQL',IntervalStyle = 'sql_standard',extra_float_digits = 0,search_path = other";

    private static readonly TransactionSettings NoWait = new(
        TimeSpan.Zero,
        StatementTimeout: null,
        (_, _) => { }
    );

    [Test]
    public void Are_the_same_in_a_restored_database_with_other_settings()
    {
        Database.Psql(
            RichSchema.Sql
                + "CREATE TABLE timed (at timestamptz DEFAULT '2024-05-06 07:08+00', span interval DEFAULT '1 day 02:00', part double precision DEFAULT 0.1);"
                + "CREATE TEMP TABLE children ();"
        );
        using var copy = EmptyDatabases.Take();
        copy.Psql(Database.Dump());
        foreach (var setting in Settings.Split(','))
        {
            copy.Psql($"ALTER DATABASE \"{copy.Name}\" SET {setting}");
        }

        var found = Read(copy)!;

        Assert.That(Texts(found), Is.EqualTo(Texts(Read(Database)!)));
        Assert.That(
            found.Select(definition => definition.Key),
            Does.Contain("trigger touched on Parent \"table\"")
                .And.Contain("index kept_index")
                .And.Contain("view kept_view")
                .And.Not.Contain("index keyed_key")
        );
    }

    [TestCase("ALTER TABLE a ADD CHECK (n > 0) NOT VALID", "table a")]
    [TestCase("ALTER TABLE b ADD FOREIGN KEY (a) REFERENCES a NOT VALID", "table b")]
    [TestCase("ALTER TABLE a ALTER COLUMN t SET STORAGE EXTERNAL", "table a")]
    [TestCase("ALTER TABLE a ALTER COLUMN t SET DATA TYPE text COLLATE \"C\"", "table a")]
    [TestCase("ALTER TABLE a ALTER COLUMN n ADD GENERATED ALWAYS AS IDENTITY", "table a")]
    [TestCase("ALTER TABLE a SET (fillfactor = 50)", "table a")]
    [TestCase("ALTER TABLE a ENABLE ROW LEVEL SECURITY", "table a")]
    [TestCase("CREATE POLICY p ON a USING (n > 1)", "table a")]
    [TestCase("CREATE RULE r AS ON DELETE TO a DO INSTEAD NOTHING", "table a")]
    [TestCase("CREATE STATISTICS s ON n, t FROM a", "table a")]
    [TestCase("COMMENT ON COLUMN a.n IS 'A number.'", "table a")]
    [TestCase("CREATE OR REPLACE VIEW v AS SELECT n FROM a WHERE n > 1", "view v")]
    [TestCase("ALTER TABLE a DISABLE TRIGGER g", "trigger g on a")]
    [TestCase("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i'::regclass", "index i")]
    public void Are_others_after_a_change(string change, string changed)
    {
        Prepare();
        var before = Read(Database)!;

        Execute(change);

        Assert.That(
            Read(Database)!.Except(before).Select(definition => definition.Key),
            Is.EqualTo([changed])
        );
    }

    [TestCase("REINDEX INDEX i; ANALYZE; INSERT INTO a VALUES (1)")]
    [TestCase("CREATE TABLE part PARTITION OF parted FOR VALUES FROM (0) TO (9)")]
    [TestCase("GRANT SELECT ON a TO public; ALTER TABLE b CLUSTER ON b_pkey")]
    public void Are_the_same_after_any_other(string change)
    {
        Prepare();
        var before = Read(Database)!;

        Execute(change);

        Assert.That(
            Read(Database)!.Where(definition => definition.Name != "part"),
            Is.EquivalentTo(before)
        );
    }

    [Test]
    public void Cannot_be_told_while_a_table_is_kept_from_readers()
    {
        Prepare();
        using var other = Open(Database);
        using var transaction = other.BeginTransaction();
        using (var command = new Npgsql.NpgsqlCommand("LOCK TABLE a", other))
        {
            command.ExecuteNonQuery();
        }

        Assert.That(Read(Database), Is.Null);

        using var run = ((IDatabase)DatabaseOf(Database)).Begin(NoWait, CancellationToken.None);
        Assert.That(run.Tables.ReadDefinitions(), Is.Null);

        // The transaction goes on, and keeps none of the tables that it has read.
        transaction.Rollback();
        Assert.That(run.Tables.ReadDefinitions(), Is.Not.Null);
        Execute("BEGIN; SET LOCAL lock_timeout = '1s'; LOCK TABLE a, b, v; ROLLBACK");
    }

    private void Prepare() =>
        Execute(
            """
            CREATE TABLE a (n integer NOT NULL, t text, CONSTRAINT a_key PRIMARY KEY (n));
            CREATE TABLE b (id integer PRIMARY KEY, a integer);
            CREATE TABLE parted (at integer) PARTITION BY RANGE (at);
            CREATE INDEX i ON a (lower(t)) WHERE n > 0; CREATE VIEW v AS SELECT n FROM a;
            CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TRIGGER g BEFORE UPDATE ON a FOR EACH ROW WHEN (OLD.n > 1) EXECUTE FUNCTION f();
            CREATE TRIGGER g BEFORE UPDATE ON b FOR EACH ROW EXECUTE FUNCTION f();
            """
        );

    private static IReadOnlyList<ObjectDefinition>? Read(ThrowawayDatabase database)
    {
        using var reader = DatabaseOf(database).OpenReader(TimeSpan.Zero)!;
        return reader.ReadDefinitions();
    }

    private static PostgresDatabase DatabaseOf(ThrowawayDatabase database) =>
        new(new PostgresConnectionText(static _ => null).ParseAdo(database.ConnectionString));

    private static string[] Texts(IReadOnlyList<ObjectDefinition> definitions) =>
        [
            .. definitions
                .Select(definition => $"{definition.Key}\n{definition.Sql}")
                .Order(StringComparer.Ordinal),
        ];
}
