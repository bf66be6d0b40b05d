using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Rebuilding;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Tests.Rebuilding;

/// <summary>Tables of other kinds, names of all kinds, and what a dry run says of them.</summary>
public sealed class SpecialTableTests : RebuildTests
{
    private const string Hostile = "select \"'`[x] {0} $(a) -- /* ; DROP TABLE teams; \\ ünï";

    private static readonly TableRebuild Numbered = new()
    {
        Table = "t",
        Definition = "id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL",
        Copy = ["id", "name"],
    };

    [TestCase("DELETE FROM t WHERE id > 2", "10")]
    [TestCase("DELETE FROM t", "10")]
    [TestCase("SELECT 1", "10")]
    public void A_counter_survives_even_where_the_highest_rows_are_gone(string delete, string seq)
    {
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)");
        Execute($"INSERT INTO t VALUES (1, 'a'), (2, 'b'), (10, 'c'); {delete}");

        Succeed(new UpRequest(), Rebuilding(Numbered));

        Assert.That(Counter(), Is.EqualTo(new[] { $"t|{seq}" }));
        Execute("INSERT INTO t (name) VALUES ('d')");
        Assert.That(Query("SELECT max(id) FROM t"), Is.EqualTo(new[] { "11" }));
        Succeed(new DownRequest());
        Assert.That(Counter(), Is.EqualTo(new[] { "t|11" }));
    }

    [Test]
    public void A_counter_follows_rows_that_get_higher_numbers()
    {
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)");
        Execute("INSERT INTO t VALUES (1, 'a'), (2, 'b')");

        Succeed(
            new UpRequest(),
            Rebuilding(Numbered with { Copy = [("id", "id + 100"), "name"] }, Numbered)
        );

        Assert.That(Counter(), Is.EqualTo(new[] { "t|102" }));
    }

    [Test]
    public void A_counter_comes_and_goes_with_the_definition()
    {
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)");
        Execute("INSERT INTO t VALUES (1, 'a'), (7, 'b')");
        var without = Numbered with { Definition = "id INTEGER PRIMARY KEY, name TEXT" };

        Succeed(new UpRequest(), Rebuilding(Numbered, without));
        Assert.That(Counter(), Is.EqualTo(new[] { "t|7" }));

        Succeed(new DownRequest());
        Assert.That(Counter(), Is.Empty);
    }

    [TestCase("", "STRICT, WITHOUT ROWID")]
    [TestCase("STRICT, WITHOUT ROWID", "")]
    [TestCase("WITHOUT ROWID", "STRICT")]
    public void Kinds_of_table_change_in_both_directions(string before, string after)
    {
        const string columns = "a TEXT, b INTEGER, PRIMARY KEY (b, a)";
        Execute($"CREATE TABLE t ({columns}) {before}");
        Execute("CREATE INDEX idx_t ON t (a)");
        Execute("INSERT INTO t VALUES ('x', 1), ('y', 2)");
        var rebuild = Numbered with { Definition = columns, Copy = ["a", "b"] };

        Succeed(
            new UpRequest(),
            Rebuilding(rebuild with { Options = after }, rebuild with { Options = before })
        );
        Assert.That(TableSql(), Does.EndWith($"\n) {after}".TrimEnd()));

        Succeed(new DownRequest());
        Assert.That(TableSql(), Does.EndWith($"\n) {before}".TrimEnd()));
        Assert.That(Query("SELECT * FROM t ORDER BY a"), Is.EqualTo(new[] { "x|1", "y|2" }));
    }

    [Test]
    public void Every_value_arrives_with_its_type_byte_for_byte()
    {
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v, w TEXT)");
        Execute(
            "INSERT INTO t (v) VALUES (NULL), (1), (-9223372036854775808), (1.5e300), ('1'), (x'00ff00'), (''), ('a' || char(0) || 'b'), ('ü🚀'), (zeroblob(70000))"
        );
        const string values = "SELECT id, typeof(v), hex(v) FROM t";
        var before = Query(values);

        Succeed(
            new UpRequest(),
            Rebuilding(
                Numbered with
                {
                    Definition = "id INTEGER PRIMARY KEY, v, w INTEGER NOT NULL DEFAULT 3",
                    Copy = ["id", "v"],
                    DropColumns = ["w"],
                }
            )
        );

        Assert.That(Query(values), Is.EqualTo(before));
        Assert.That(Query("SELECT DISTINCT w FROM t"), Is.EqualTo(new[] { "3" }));
    }

    [Test]
    public void Names_of_all_kinds_are_only_names()
    {
        var (table, column) = (Quote(Hostile), Quote("c " + Hostile));
        var (index, trigger) = (Quote("i " + Hostile), Quote("t " + Hostile));
        Execute("CREATE TABLE teams (id INTEGER)");
        Execute(
            $"CREATE TABLE {table} ({column} INTEGER PRIMARY KEY AUTOINCREMENT, \"group\" TEXT, gone TEXT)"
        );
        Execute($"CREATE INDEX {index} ON {table} ({column}, \"group\")");
        Execute($"CREATE TRIGGER {trigger} AFTER INSERT ON {table} BEGIN DELETE FROM teams; END");
        Execute($"INSERT INTO {table} VALUES (5, 'g', 'x')");
        var rebuild = new TableRebuild
        {
            Table = Hostile,
            Definition = $"{column} INTEGER PRIMARY KEY AUTOINCREMENT, \"group\" TEXT NOT NULL",
            Copy = ["c " + Hostile, ("group", "\"group\"")],
            DropColumns = ["gone"],
        };

        Succeed(
            new UpRequest(),
            Rebuilding(rebuild, rebuild with { DropColumns = [], DropObjects = ["t " + Hostile] })
        );

        Assert.That(Query($"SELECT * FROM {table}"), Is.EqualTo(new[] { "5|g" }));
        Assert.That(Counter(), Is.EqualTo(new[] { $"{Hostile}|5" }));
        Assert.That(
            Query("SELECT type FROM sqlite_master WHERE name LIKE 'i %' OR name LIKE 't %'"),
            Is.EqualTo(new[] { "index", "trigger" })
        );

        Succeed(new DownRequest());
        Assert.That(
            Query("SELECT type FROM sqlite_master WHERE name LIKE 'i %' OR name LIKE 't %'"),
            Is.EqualTo(new[] { "index" })
        );
    }

    [Test]
    public void A_dry_run_shows_to_the_letter_what_is_executed_and_stored()
    {
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT); CREATE INDEX i ON t (name)");
        var rebuild = Rebuilding(Numbered);

        var preview = Preview(rebuild);
        Succeed(new UpRequest(), rebuild);

        Assert.That(preview.Single().Sql, Does.Contain("CREATE INDEX i"));
        Assert.That(
            Query("SELECT UpSql FROM VersionJournal"),
            Is.EqualTo(new[] { preview.Single().Sql })
        );
        Assert.That(
            Query("SELECT Reversal, Checksum IS NULL FROM VersionJournal"),
            Is.EqualTo(new[] { "sql|1" })
        );
    }

    [Test]
    public void A_dry_run_does_not_blame_a_rebuild_for_what_an_earlier_step_will_do()
    {
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)");
        var adding = Known(
            1,
            m => m.Alter.Table("t").AddColumn("note").AsString().Nullable(),
            _ => { }
        );
        var rebuild = Rebuilding(
            Numbered with
            {
                Definition = "id INTEGER PRIMARY KEY, name TEXT, note TEXT",
                Copy = ["id", "name", "note"],
            }
        );

        var preview = Preview(adding, rebuild);

        Assert.That(preview[1].MayDiffer, Is.True);
        Assert.That(preview[1].Sql, Does.Contain("\"t\".\"note\""));
        Succeed(new UpRequest(), adding, rebuild);
    }

    [Test]
    public void A_dry_run_says_what_a_run_would_refuse()
    {
        Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, note TEXT)");

        Assert.That(
            () => Preview(Rebuilding(Numbered)),
            Throws.Exception.With.Message.Contains("note would be lost")
        );
    }

    private IReadOnlyList<DryRunStep> Preview(params KnownMigration[] catalog) =>
        new DryRun(new SqliteDatabase(DatabaseFile), new MigrationCatalog(catalog))
            .Preview(
                new UpRequest(),
                new TransactionSettings(TimeSpan.Zero, StatementTimeout: null, (_, _) => { })
            )
            .Steps;

    private string[] Counter() =>
        Query("SELECT name, seq FROM sqlite_sequence WHERE name NOT LIKE 'Version%'");

    private string TableSql() => Query("SELECT sql FROM sqlite_master WHERE name = 't'")[0];

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"")}\"";
}
