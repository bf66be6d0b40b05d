using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Comparing;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Schema;

namespace Nitejar.Migrations.Engine.Tests.Schemas;

/// <summary>Each kind of difference is found, alone; what is only written otherwise is none.</summary>
public sealed class SchemaComparisonTests
{
    /// <summary>Kind, both sides, path, and what is said of either side.</summary>
    private static readonly object?[][] Differing =
    [
        [DifferenceKind.Table, "CREATE TABLE t (a)", "", "t", "CREATE TABLE t (a)", null],
        [DifferenceKind.Table, "", "CREATE TABLE t (a)", "t", null, "CREATE TABLE t (a)"],
        [
            DifferenceKind.RowId,
            "CREATE TABLE t (a TEXT NOT NULL PRIMARY KEY)",
            "CREATE TABLE t (a TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID",
            "t",
            null,
            "WITHOUT ROWID",
        ],
        [
            DifferenceKind.AutoIncrement,
            "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT)",
            "CREATE TABLE t (a INTEGER PRIMARY KEY)",
            "t",
            "AUTOINCREMENT",
            null,
        ],
        [
            DifferenceKind.Strictness,
            "CREATE TABLE t (a INT)",
            "CREATE TABLE t (a INT) STRICT",
            "t",
            null,
            "STRICT",
        ],
        [
            DifferenceKind.Module,
            "CREATE VIRTUAL TABLE t USING fts5(a)",
            "CREATE VIRTUAL TABLE t USING fts5(a, b)",
            "t",
            "fts5(a)",
            "fts5(a, b)",
        ],
        [
            DifferenceKind.Column,
            "CREATE TABLE t (a, b TEXT NOT NULL DEFAULT 'x' COLLATE NOCASE)",
            "CREATE TABLE t (a)",
            "t.b",
            "TEXT NOT NULL DEFAULT 'x' COLLATE NOCASE",
            null,
        ],
        [
            DifferenceKind.Column,
            "CREATE TABLE t (a)",
            "CREATE TABLE t (a, b INT AS (a) STORED)",
            "t.b",
            null,
            "INT AS (a) STORED",
        ],
        [
            DifferenceKind.ColumnOrder,
            "CREATE TABLE t (a, b, c)",
            "CREATE TABLE t (a, c, b)",
            "t",
            "a, b, c",
            "a, c, b",
        ],
        [
            DifferenceKind.ColumnTypeName,
            "CREATE TABLE t (a VARCHAR(20))",
            "CREATE TABLE t (a TEXT)",
            "t.a",
            "VARCHAR(20)",
            "TEXT",
        ],
        [
            DifferenceKind.ColumnType,
            "CREATE TABLE t (a INT)",
            "CREATE TABLE t (a TEXT)",
            "t.a",
            "INT",
            "TEXT",
        ],
        [
            DifferenceKind.ColumnNullability,
            "CREATE TABLE t (a NOT NULL)",
            "CREATE TABLE t (a)",
            "t.a",
            "NOT NULL",
            null,
        ],
        [
            DifferenceKind.ColumnDefault,
            "CREATE TABLE t (a DEFAULT 'x')",
            "CREATE TABLE t (a DEFAULT 'X')",
            "t.a",
            "'x'",
            "'X'",
        ],
        [
            DifferenceKind.ColumnDefault,
            "CREATE TABLE t (a)",
            "CREATE TABLE t (a DEFAULT 1)",
            "t.a",
            null,
            "1",
        ],
        [
            DifferenceKind.ColumnGenerated,
            "CREATE TABLE t (a, b AS (a + 1))",
            "CREATE TABLE t (a, b AS (a + 1) STORED)",
            "t.b",
            "AS (a + 1) VIRTUAL",
            "AS (a + 1) STORED",
        ],
        [
            DifferenceKind.ColumnGenerated,
            "CREATE TABLE t (a, b)",
            "CREATE TABLE t (a, b AS (a))",
            "t.b",
            null,
            "AS (a) VIRTUAL",
        ],
        [
            DifferenceKind.ColumnCollation,
            "CREATE TABLE t (a COLLATE NOCASE)",
            "CREATE TABLE t (a)",
            "t.a",
            "NOCASE",
            null,
        ],
        [
            DifferenceKind.PrimaryKey,
            "CREATE TABLE t (a, b, PRIMARY KEY (a, b))",
            "CREATE TABLE t (a, b, PRIMARY KEY (b, a))",
            "t.(a, b)",
            "(a, b)",
            "(b, a)",
        ],
        [
            DifferenceKind.PrimaryKey,
            "CREATE TABLE t (a)",
            "CREATE TABLE t (a CONSTRAINT k PRIMARY KEY)",
            "t.k",
            null,
            "(a)",
        ],
        [
            DifferenceKind.Unique,
            "CREATE TABLE t (a UNIQUE)",
            "CREATE TABLE t (a)",
            "t.(a)",
            "(a)",
            null,
        ],
        [
            DifferenceKind.Unique,
            "CREATE TABLE t (a, b, CONSTRAINT u UNIQUE (a))",
            "CREATE TABLE t (a, b, CONSTRAINT u UNIQUE (a, b))",
            "t.u",
            "(a)",
            "(a, b)",
        ],
        [
            DifferenceKind.Unique,
            "CREATE TABLE t (a, UNIQUE (a))",
            "CREATE TABLE t (a, UNIQUE (a), UNIQUE (a COLLATE NOCASE))",
            "t.(a collate NOCASE)",
            null,
            "(a collate NOCASE)",
        ],
        [
            DifferenceKind.Check,
            "CREATE TABLE t (a CHECK (a > 0))",
            "CREATE TABLE t (a)",
            "t.(a > 0)",
            "a > 0",
            null,
        ],
        [
            DifferenceKind.Check,
            "CREATE TABLE t (a CONSTRAINT c CHECK (a > 0))",
            "CREATE TABLE t (a CONSTRAINT c CHECK (a > 1))",
            "t.c",
            "a > 0",
            "a > 1",
        ],
        [
            DifferenceKind.ForeignKey,
            "CREATE TABLE t (a REFERENCES p (x))",
            "CREATE TABLE t (a)",
            "t.(a)",
            "(a) REFERENCES p(x)",
            null,
        ],
        [
            DifferenceKind.ForeignKey,
            "CREATE TABLE t (a REFERENCES p (x))",
            "CREATE TABLE t (a REFERENCES q (x))",
            "t.(a)",
            "(a) REFERENCES p(x)",
            "(a) REFERENCES q(x)",
        ],
        [
            DifferenceKind.ForeignKey,
            "CREATE TABLE t (a REFERENCES p (x))",
            "CREATE TABLE t (a REFERENCES p (y))",
            "t.(a)",
            "(a) REFERENCES p(x)",
            "(a) REFERENCES p(y)",
        ],
        [
            DifferenceKind.ForeignKeyAction,
            "CREATE TABLE t (a REFERENCES p (x))",
            "CREATE TABLE t (a REFERENCES p (x) ON DELETE CASCADE)",
            "t.(a)",
            "ON DELETE NO ACTION ON UPDATE NO ACTION",
            "ON DELETE CASCADE ON UPDATE NO ACTION",
        ],
        [
            DifferenceKind.ForeignKeyAction,
            "CREATE TABLE t (a REFERENCES p (x) ON UPDATE RESTRICT)",
            "CREATE TABLE t (a REFERENCES p (x))",
            "t.(a)",
            "ON DELETE NO ACTION ON UPDATE RESTRICT",
            "ON DELETE NO ACTION ON UPDATE NO ACTION",
        ],
        [
            DifferenceKind.ForeignKeyDeferral,
            "CREATE TABLE t (a REFERENCES p (x))",
            "CREATE TABLE t (a REFERENCES p (x) DEFERRABLE INITIALLY DEFERRED)",
            "t.(a)",
            null,
            "INITIALLY DEFERRED",
        ],
        [
            DifferenceKind.ConstraintName,
            "CREATE TABLE t (a CONSTRAINT k PRIMARY KEY)",
            "CREATE TABLE t (a PRIMARY KEY)",
            "t.k",
            "k",
            null,
        ],
        [
            DifferenceKind.ConstraintName,
            "CREATE TABLE t (a CONSTRAINT u UNIQUE)",
            "CREATE TABLE t (a CONSTRAINT v UNIQUE)",
            "t.u",
            "u",
            "v",
        ],
        [
            DifferenceKind.ConstraintName,
            "CREATE TABLE t (a CHECK (a))",
            "CREATE TABLE t (a CONSTRAINT c CHECK (a))",
            "t.(a)",
            null,
            "c",
        ],
        [
            DifferenceKind.ConstraintName,
            "CREATE TABLE t (a CONSTRAINT f REFERENCES p (x))",
            "CREATE TABLE t (a REFERENCES p (x))",
            "t.f",
            "f",
            null,
        ],
        [
            DifferenceKind.ConflictRule,
            "CREATE TABLE t (a UNIQUE)",
            "CREATE TABLE t (a UNIQUE ON CONFLICT REPLACE)",
            "t.(a)",
            null,
            "REPLACE",
        ],
        [
            DifferenceKind.ConflictRule,
            "CREATE TABLE t (a PRIMARY KEY ON CONFLICT IGNORE)",
            "CREATE TABLE t (a PRIMARY KEY)",
            "t.(a)",
            "IGNORE",
            null,
        ],
        [
            DifferenceKind.ConflictRule,
            "CREATE TABLE t (a NOT NULL ON CONFLICT FAIL)",
            "CREATE TABLE t (a NOT NULL)",
            "t.a",
            "FAIL",
            null,
        ],
        [
            DifferenceKind.Index,
            "CREATE TABLE t (a); CREATE INDEX i ON t (a)",
            "CREATE TABLE t (a)",
            "t.i",
            "CREATE INDEX i ON t (a)",
            null,
        ],
        [
            DifferenceKind.Index,
            "CREATE TABLE t (a); CREATE INDEX i ON t (a)",
            "CREATE TABLE t (a); CREATE UNIQUE INDEX i ON t (a)",
            "t.i",
            "CREATE INDEX i ON t (a)",
            "CREATE UNIQUE INDEX i ON t (a)",
        ],
        [
            DifferenceKind.Index,
            "CREATE TABLE t (a); CREATE INDEX i ON t (a)",
            "CREATE TABLE t (a); CREATE INDEX i ON t (a DESC)",
            "t.i",
            "CREATE INDEX i ON t (a)",
            "CREATE INDEX i ON t (a DESC)",
        ],
        [
            DifferenceKind.Index,
            "CREATE TABLE t (a); CREATE INDEX i ON t (a)",
            "CREATE TABLE t (a); CREATE INDEX i ON t (a COLLATE RTRIM)",
            "t.i",
            "CREATE INDEX i ON t (a)",
            "CREATE INDEX i ON t (a COLLATE RTRIM)",
        ],
        [
            DifferenceKind.Index,
            "CREATE TABLE t (a); CREATE INDEX i ON t (a)",
            "CREATE TABLE t (a); CREATE INDEX i ON t (a) WHERE a > 0",
            "t.i",
            "CREATE INDEX i ON t (a)",
            "CREATE INDEX i ON t (a) WHERE a > 0",
        ],
        [
            DifferenceKind.Index,
            "CREATE TABLE t (a); CREATE INDEX i ON t (a + 1)",
            "CREATE TABLE t (a); CREATE INDEX i ON t (a + 2)",
            "t.i",
            "CREATE INDEX i ON t (a + 1)",
            "CREATE INDEX i ON t (a + 2)",
        ],
        [
            DifferenceKind.Trigger,
            "CREATE TABLE t (a); CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END",
            "CREATE TABLE t (a)",
            "t.r",
            "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END",
            null,
        ],
        [
            DifferenceKind.Trigger,
            "CREATE VIEW v AS SELECT 1 AS a; CREATE TRIGGER r INSTEAD OF DELETE ON v BEGIN SELECT 1; END",
            "CREATE VIEW v AS SELECT 1 AS a; CREATE TRIGGER r INSTEAD OF DELETE ON v BEGIN SELECT 2; END",
            "v.r",
            "CREATE TRIGGER r INSTEAD OF DELETE ON v BEGIN SELECT 1; END",
            "CREATE TRIGGER r INSTEAD OF DELETE ON v BEGIN SELECT 2; END",
        ],
        [
            DifferenceKind.View,
            "CREATE VIEW v AS SELECT 1",
            "",
            "v",
            "CREATE VIEW v AS SELECT 1",
            null,
        ],
        [
            DifferenceKind.View,
            "CREATE VIEW v AS SELECT 1",
            "CREATE VIEW v AS SELECT 2",
            "v",
            "CREATE VIEW v AS SELECT 1",
            "CREATE VIEW v AS SELECT 2",
        ],
    ];

    /// <summary>The same schema in other words.</summary>
    private static readonly string[][] Same =
    [
        ["CREATE TABLE t (a)", "CREATE TABLE \"T\" ( [A] /* first */ ) -- so"],
        [
            "CREATE TABLE t (a varchar(20), b integer)",
            "CREATE TABLE t (a VARCHAR ( 20 ), b INTEGER)",
        ],
        [
            "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL UNIQUE)",
            "CREATE TABLE t (a INTEGER, b TEXT NOT NULL, UNIQUE (b), PRIMARY KEY (a))",
        ],
        [
            "CREATE TABLE t (a DEFAULT 0, b DEFAULT 'x')",
            "CREATE TABLE t (a DEFAULT (0), b DEFAULT (('x')))",
        ],
        [
            "CREATE TABLE t (a CHECK (a > 0), b CHECK (b))",
            "CREATE TABLE t (a, b, CHECK (B), CHECK (\"a\">0))",
        ],
        [
            "CREATE TABLE p (x INTEGER PRIMARY KEY); CREATE TABLE t (a REFERENCES p)",
            "CREATE TABLE p (x INTEGER PRIMARY KEY); CREATE TABLE t (a, FOREIGN KEY (a) REFERENCES P (X) ON DELETE NO ACTION)",
        ],
        [
            "CREATE TABLE t (a, b, FOREIGN KEY (a, b) REFERENCES p (x, y))",
            "CREATE TABLE t (a, b, FOREIGN KEY (b, a) REFERENCES p (y, x))",
        ],
        [
            "CREATE TABLE t (a REFERENCES p (x))",
            "CREATE TABLE t (a REFERENCES p (x) MATCH FULL NOT DEFERRABLE)",
        ],
        [
            "CREATE TABLE t (a); CREATE INDEX i ON t (a) WHERE a IS NOT NULL",
            "CREATE TABLE t (a); CREATE INDEX I ON T (\"A\" ASC) where ( A is not null )",
        ],
        [
            "CREATE TABLE t (a COLLATE BINARY); CREATE INDEX i ON t (a)",
            "CREATE TABLE t (a); CREATE INDEX i ON t (a COLLATE binary)",
        ],
        [
            "CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t",
            "CREATE TABLE u (a); CREATE VIEW v AS SELECT a FROM u; ALTER TABLE u RENAME TO t",
        ],
        [
            "CREATE TABLE t (a); CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END",
            "CREATE TABLE u (a); CREATE TRIGGER r AFTER INSERT ON u BEGIN SELECT 1; END; ALTER TABLE u RENAME TO t",
        ],
        [
            "CREATE TABLE t (a, b CHECK (b > a)); CREATE INDEX i ON t (b)",
            "CREATE TABLE t (a, c CHECK (c > a)); CREATE INDEX i ON t (c); ALTER TABLE t RENAME c TO b",
        ],
        ["CREATE VIRTUAL TABLE t USING fts5(a, b)", "CREATE VIRTUAL TABLE T USING FTS5( a ,b )"],
        ["", "CREATE TABLE VersionInfo (a)"],
    ];

    [TestCaseSource(nameof(Differing))]
    public void A_difference_is_found_and_no_other(
        DifferenceKind kind,
        string before,
        string after,
        string path,
        string? was,
        string? isNow
    )
    {
        var differences = Compare(before, after);

        Assert.That(
            differences.Select(d => (d.Kind, d.Path.ToString(), d.Before, d.After)),
            Is.EqualTo(new[] { (kind, path, was, isNow) })
        );
    }

    [TestCaseSource(nameof(Differing))]
    public void From_the_other_side_it_is_the_same_one(
        DifferenceKind kind,
        string before,
        string after,
        string path,
        string? was,
        string? isNow
    )
    {
        var differences = Compare(after, before);

        Assert.That(
            differences.Select(d => (d.Kind, d.Before, d.After)),
            Is.EqualTo(new[] { (kind, isNow, was) }),
            path
        );
    }

    [TestCaseSource(nameof(Same))]
    public void The_same_in_other_words_is_no_difference(string one, string other)
    {
        Assert.That(Compare(one, other), Is.Empty);
        Assert.That(Compare(other, one), Is.Empty);
    }

    [Test]
    public void Every_kind_has_its_case()
    {
        // A number of its own goes with another key or type; another kind of table, with other columns. The rest is not
        // SQLite's: PostgresComparisonTests has it.
        DifferenceKind[] apart =
        [
            DifferenceKind.ColumnIdentity,
            DifferenceKind.TableKind,
            DifferenceKind.Sequence,
            DifferenceKind.KeyDeferral,
            DifferenceKind.Validity,
            DifferenceKind.TablePart,
            DifferenceKind.Routine,
            DifferenceKind.Type,
        ];

        Assert.That(
            Differing.Select(row => (DifferenceKind)row[0]!).Concat(apart).Distinct(),
            Is.EquivalentTo(Enum.GetValues<DifferenceKind>())
        );
    }

    [Test]
    public void A_number_of_its_own_goes_with_the_type()
    {
        var differences = Compare(
            "CREATE TABLE t (a INTEGER PRIMARY KEY)",
            "CREATE TABLE t (a INT PRIMARY KEY)"
        );

        Assert.That(
            differences.Select(d => (d.Kind, d.Before, d.After)),
            Is.EqualTo(
                new[]
                {
                    (DifferenceKind.ColumnTypeName, "INTEGER", "INT"),
                    (DifferenceKind.ColumnIdentity, "identity", null),
                }
            )
        );
    }

    [Test]
    public void A_virtual_table_is_another_kind_and_what_it_makes_is_left_out()
    {
        var differences = Compare("CREATE TABLE t (a)", "CREATE VIRTUAL TABLE t USING fts5(a)");

        Assert.That(
            differences.Select(d => (d.Kind, d.Before, d.After)),
            Is.EqualTo(
                new (DifferenceKind, string?, string?)[]
                {
                    (DifferenceKind.TableKind, "table", "virtual"),
                    (DifferenceKind.Module, null, "fts5(a)"),
                }
            )
        );
    }

    [Test]
    public void Sequences_are_compared_and_schemas_keep_names_apart()
    {
        static Sequence Named(string schema, string sql) =>
            new(new ObjectName(schema, "s"), new SqlText(sql, text => text));
        var before = DatabaseSchema.Empty with
        {
            Sequences = [Named("a", "one"), Named("b", "two")],
        };
        var after = DatabaseSchema.Empty with { Sequences = [Named("b", "three")] };

        Assert.That(
            SchemaComparison
                .Of(before, after, StringComparer.Ordinal)
                .Select(d => (d.Kind, d.Path.ToString(), d.Before, d.After)),
            Is.EqualTo(
                new (DifferenceKind, string, string?, string?)[]
                {
                    (DifferenceKind.Sequence, "a.s", "one", null),
                    (DifferenceKind.Sequence, "b.s", "two", "three"),
                }
            )
        );
    }

    [Test]
    public void Names_are_the_same_by_the_rule_of_their_database()
    {
        using var one = Open("CREATE TABLE t (a)");
        using var other = Open("CREATE TABLE T (a)");

        Assert.That(
            SchemaComparison.Of(
                SqliteSchemaReader.ReadSchema(one),
                SqliteSchemaReader.ReadSchema(other),
                StringComparer.Ordinal
            ),
            Has.Count.EqualTo(2)
        );
    }

    private static IReadOnlyList<Difference> Compare(string before, string after)
    {
        using var one = Open(before);
        using var other = Open(after);
        return SchemaComparison.Of(
            SqliteSchemaReader.ReadSchema(one),
            SqliteSchemaReader.ReadSchema(other),
            SqliteNames.Comparer
        );
    }

    private static SqliteConnection Open(string sql)
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.Execute(sql);
        return connection;
    }
}
