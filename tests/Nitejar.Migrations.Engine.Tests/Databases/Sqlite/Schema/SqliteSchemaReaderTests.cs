using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Schema;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Schema;

/// <summary>The model says of a table what SQLite says of it, and what only its statement says.</summary>
public sealed class SqliteSchemaReaderTests
{
    private SqliteConnection _connection = null!;

    [SetUp]
    public void Open()
    {
        _connection = new SqliteConnection("Data Source=:memory:");
        _connection.Open();
    }

    [TearDown]
    public void Close() => _connection.Dispose();

    [TestCaseSource(typeof(SchemaZoo), nameof(SchemaZoo.Tables))]
    public void A_table_is_what_SQLite_says(string sql)
    {
        _connection.Execute(sql);

        foreach (var table in Read().Tables)
        {
            Assert.That(
                SchemaFacts.ByModel(table).Where(IsComparable(table)),
                Is.EqualTo(
                    SchemaFacts.BySqlite(_connection, table.Name.Name).Where(IsComparable(table))
                )
            );
        }
    }

    [TestCaseSource(typeof(SchemaZoo), nameof(SchemaZoo.Tables))]
    public void Alone_it_is_read_as_among_all(string sql)
    {
        _connection.Execute(sql);

        foreach (var table in Read().Tables.Where(table => table.Traits.Kind != TableKind.Shadow))
        {
            var alone = SqliteSchemaReader.ReadTable(
                _connection,
                table.Name.Name.ToUpperInvariant()
            )!;

            Assert.That(SchemaFacts.ByModel(alone), Is.EqualTo(SchemaFacts.ByModel(table)));
            Assert.That(alone.Definition, Is.EqualTo(table.Definition));
        }
    }

    [Test]
    public void What_is_not_there_is_no_table()
    {
        _connection.Execute("CREATE VIEW v AS SELECT 1");

        Assert.That(SqliteSchemaReader.ReadTable(_connection, "missing"), Is.Null);
        Assert.That(SqliteSchemaReader.ReadTable(_connection, "v"), Is.Null);
    }

    [Test]
    public void Constraints_have_the_names_and_rules_that_the_statement_gives()
    {
        var table = Read(
            """
            CREATE TABLE t (
                a TEXT CONSTRAINT "pk t" PRIMARY KEY ON CONFLICT REPLACE,
                b INT CONSTRAINT nn NOT NULL ON CONFLICT IGNORE CONSTRAINT uq UNIQUE ON CONFLICT FAIL UNIQUE,
                c INT CONSTRAINT positive CHECK (c > 0) CHECK (/* low */ c < 9),
                d INT CONSTRAINT fk REFERENCES t (a) DEFERRABLE INITIALLY DEFERRED REFERENCES t,
                CONSTRAINT [two] UNIQUE (b, c) ON CONFLICT ROLLBACK
                CONSTRAINT later FOREIGN KEY (c, b) REFERENCES t (b, c) DEFERRABLE,
                FOREIGN KEY (a) REFERENCES t NOT DEFERRABLE INITIALLY DEFERRED
            )
            """
        );

        Assert.That(table.PrimaryKey!.Name, Is.EqualTo("pk t"));
        Assert.That(table.PrimaryKey.OnConflict, Is.EqualTo(ConflictRule.Replace));
        Assert.That(
            table.Uniques.Select(key => (key.Name, key.OnConflict)),
            Is.EqualTo(
                new (string?, ConflictRule)[]
                {
                    ("uq", ConflictRule.Fail),
                    ("two", ConflictRule.Rollback),
                }
            )
        );
        Assert.That(table.Columns[1].OnNull, Is.EqualTo(ConflictRule.Ignore));
        Assert.That(
            table.Checks.Select(check => (check.Name, check.Expression.Raw)),
            Is.EqualTo(new (string?, string)[] { ("positive", "c > 0"), (null, "/* low */ c < 9") })
        );
        Assert.That(
            table.ForeignKeys.Select(key => (key.Name, key.Deferral)),
            Is.EqualTo(
                new (string?, Deferral)[]
                {
                    ("fk", Deferral.InitiallyDeferred),
                    (null, Deferral.NotDeferrable),
                    ("later", Deferral.InitiallyImmediate),
                    (null, Deferral.NotDeferrable),
                }
            )
        );
    }

    [Test]
    public void A_rule_for_conflicts_counts_for_the_key_that_makes_it_needless()
    {
        var table = Read("CREATE TABLE t (a TEXT PRIMARY KEY UNIQUE ON CONFLICT REPLACE)");

        Assert.That(table.PrimaryKey!.OnConflict, Is.EqualTo(ConflictRule.Replace));
        Assert.That(table.Uniques, Is.Empty);
        _connection.Execute("INSERT INTO t VALUES ('x'); INSERT INTO t VALUES ('x')");
    }

    [Test]
    public void Expressions_come_without_the_parentheses_around_them()
    {
        var table = Read(
            """
            CREATE TABLE t (a, b AS ( a + 1 ) STORED, CHECK ((a) IN (1, 2)));
            CREATE INDEX i ON t ((a  + 2) COLLATE NOCASE DESC, b) WHERE (a > 0) AND b -- why
            """
        );

        Assert.That(table.Columns[1].Generated!.Expression.Raw, Is.EqualTo("a + 1"));
        Assert.That(table.Checks[0].Expression.Raw, Is.EqualTo("(a) IN (1, 2)"));
        Assert.That(table.Indexes[0].Parts[0].Expression!.Raw, Is.EqualTo("a  + 2"));
        Assert.That(table.Indexes[0].Where!.Raw, Is.EqualTo("(a > 0) AND b"));
    }

    [TestCase("INT", TypeFamily.Integral)]
    [TestCase("unsigned big int", TypeFamily.Integral)]
    [TestCase("CHARINT", TypeFamily.Integral)]
    [TestCase("FLOATING POINT", TypeFamily.Integral)]
    [TestCase("VARCHAR(255)", TypeFamily.Text)]
    [TestCase("clob", TypeFamily.Text)]
    [TestCase("", TypeFamily.Blob)]
    [TestCase("BLOB", TypeFamily.Blob)]
    [TestCase("DOUBLE PRECISION", TypeFamily.Real)]
    [TestCase("STRING", TypeFamily.Numeric)]
    [TestCase("ANY", TypeFamily.Numeric)]
    [TestCase("DATETIME", TypeFamily.Numeric)]
    public void A_type_is_of_the_family_in_which_SQLite_stores_it(string type, TypeFamily family)
    {
        var table = Read($"CREATE TABLE t (a {type})");

        _connection.Execute("INSERT INTO t VALUES ('1')");
        var stored = _connection.Query("SELECT typeof(a) FROM t", row => row.GetString(0))[0];
        Assert.That(table.Columns[0].Type.Family, Is.EqualTo(family));
        Assert.That(
            stored,
            Is.EqualTo(
                family switch
                {
                    TypeFamily.Integral or TypeFamily.Numeric => "integer",
                    TypeFamily.Real => "real",
                    TypeFamily.Text or TypeFamily.Blob or TypeFamily.Other => "text",
                    _ => throw new ArgumentOutOfRangeException(nameof(family)),
                }
            )
        );
    }

    [Test]
    public void Triggers_and_indexes_go_with_their_table_however_they_spell_it()
    {
        _connection.Execute(
            """
            CREATE TABLE Books (a); CREATE INDEX i ON BOOKS (a); CREATE VIEW v AS SELECT a FROM books;
            CREATE TRIGGER x AFTER INSERT ON books BEGIN SELECT 1; END;
            CREATE TRIGGER y INSTEAD OF INSERT ON V BEGIN SELECT 1; END;
            """
        );

        var schema = Read();

        Assert.That(schema.Tables[0].Indexes.Select(i => i.Name), Is.EqualTo((string[])["i"]));
        Assert.That(schema.Tables[0].Triggers.Select(t => t.Name), Is.EqualTo((string[])["x"]));
        Assert.That(schema.Views[0].Triggers.Select(t => t.Name), Is.EqualTo((string[])["y"]));
    }

    [Test]
    public void Only_the_file_itself_is_read()
    {
        _connection.Execute(
            """
            ATTACH ':memory:' AS other; CREATE TABLE other.there (a); CREATE TEMP TABLE here (a);
            CREATE TABLE t (a REFERENCES p); CREATE TABLE p (a PRIMARY KEY);
            CREATE TEMP TABLE t (other); CREATE TEMP TABLE p (other PRIMARY KEY);
            CREATE TEMP TRIGGER x AFTER INSERT ON main.t BEGIN SELECT 1; END;
            """
        );

        var schema = Read();

        Assert.That(schema.Tables.Select(t => t.Name.Name), Is.EqualTo((string[])["p", "t"]));
        Assert.That(schema.Tables[1].Columns[0].Name, Is.EqualTo("a"));
        Assert.That(schema.Tables[1].ForeignKeys[0].Referenced, Is.EqualTo((string[])["a"]));
        Assert.That(schema.Tables[1].Triggers, Is.Empty);
        Assert.That(
            SqliteSchemaReader.ReadTable(_connection, "t")!.ForeignKeys[0].Referenced,
            Is.EqualTo((string[])["a"])
        );
    }

    [Test]
    public void The_migrators_own_objects_are_left_out()
    {
        _connection.Execute(
            """
            CREATE TABLE VersionInfo (a); CREATE INDEX UC_Version ON VersionInfo (a); CREATE TABLE VersionArchive_1 (a);
            CREATE TRIGGER x AFTER INSERT ON VersionInfo BEGIN SELECT 1; END; CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT);
            ANALYZE
            """
        );

        var schema = Read();

        Assert.That(schema.Tables.Select(table => table.Name.Name), Is.EqualTo((string[])["t"]));
        Assert.That(SqliteSchemaScript.Read(_connection, "VersionInfo"), Has.Count.EqualTo(1));
    }

    [TestCase("vec0(embedding float[4])", "no such module: vec0")]
    [TestCase("fts5(a, tokenize = 'mine')", "vtable constructor failed: v")]
    [TestCase("fts5(a)", "vtable constructor failed: v")]
    public void A_module_that_is_missing_costs_the_details_of_its_table_alone(
        string module,
        string why
    )
    {
        _connection.Execute(
            $"""
            PRAGMA writable_schema = ON;
            INSERT INTO sqlite_schema VALUES ('table', 'v', 'v', 0, 'CREATE VIRTUAL TABLE v USING {module.Replace(
                "'",
                "''",
                StringComparison.Ordinal
            )}');
            PRAGMA writable_schema = RESET;
            CREATE TABLE t (a);
            """
        );

        var schema = Read();

        Assert.That(
            schema.Tables.Select(table => table.Name.Name),
            Is.EqualTo((string[])["t", "v"])
        );
        Assert.That(schema.Tables[0].Columns, Has.Count.EqualTo(1));
        Assert.That(schema.Tables[1].Columns, Is.Empty);
        Assert.That(schema.Tables[1].Unreadable, Is.EqualTo(why));
        Assert.That(schema.Tables[1].Traits.Module!.Raw, Is.EqualTo(module));
        Assert.That(SqliteSchemaReader.ReadTable(_connection, "v")!.Unreadable, Is.EqualTo(why));
    }

    private DatabaseSchema Read() => SqliteSchemaReader.ReadSchema(_connection, "VersionInfo");

    private Table Read(string sql)
    {
        _connection.Execute(sql);
        return SqliteSchemaReader.ReadTable(_connection, "t")!;
    }

    /// <summary>Of a virtual table, the pragma tells hidden columns too, and a rowid that only the module knows of.</summary>
    private static Func<string, bool> IsComparable(Table table) =>
        line =>
            table.Traits.Kind != TableKind.Virtual
            || (
                line.StartsWith("column", StringComparison.Ordinal)
                && !line.Contains("hidden 1", StringComparison.Ordinal)
            );
}
