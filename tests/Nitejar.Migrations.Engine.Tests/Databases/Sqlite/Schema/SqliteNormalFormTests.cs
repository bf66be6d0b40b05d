using Nitejar.Migrations.Sqlite.Schema;
using Nitejar.Migrations.Sqlite.Schema.Declarations;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Schema;

/// <summary>What means the same compares equal where that can be told; what does not never does.</summary>
public sealed class SqliteNormalFormTests
{
    [TestCase("0", "(0)")]
    [TestCase("0", "( ( 0 ) )")]
    [TestCase("'x'", "\"x\"", Description = "a name is a text in a DEFAULT")]
    [TestCase("'x'", "x")]
    [TestCase("'it''s \"so\"'", "\"it's \"\"so\"\"\"")]
    [TestCase("'key'", "[key]")]
    [TestCase("1", "TRUE")]
    [TestCase("0", "(false)")]
    [TestCase("null", "NULL")]
    [TestCase("CURRENT_TIMESTAMP", "current_timestamp")]
    [TestCase("unixepoch()", "UnixEpoch ( /* now */ )")]
    [TestCase("'x' || 'y'", "('x'||'y')")]
    [TestCase("-1", "- 1")]
    public void Defaults_that_are_the_same(string one, string other) =>
        Assert.That(
            SqliteNormalForm.Default(other).Normal,
            Is.EqualTo(SqliteNormalForm.Default(one).Normal)
        );

    [TestCase("0", "'0'")]
    [TestCase("0", "1")]
    [TestCase("1", "1.0")]
    [TestCase("'x'", "'X'")]
    [TestCase("'x'", "X'78'")]
    [TestCase("'x'", "'x '")]
    [TestCase("x", "X")]
    [TestCase("NULL", "'NULL'")]
    [TestCase("NULL", "\"NULL\"")]
    [TestCase("TRUE", "'TRUE'")]
    [TestCase("CURRENT_TIMESTAMP", "'CURRENT_TIMESTAMP'")]
    [TestCase("CURRENT_TIMESTAMP", "\"CURRENT_TIMESTAMP\"")]
    [TestCase("(1) + (2)", "1) + (2")]
    [TestCase("unixepoch()", "unixepoch")]
    public void Defaults_that_are_not(string one, string other) =>
        Assert.That(
            SqliteNormalForm.Default(other).Normal,
            Is.Not.EqualTo(SqliteNormalForm.Default(one).Normal)
        );

    [TestCase("a > 0", "(\"A\">0)")]
    [TestCase("a > 0", "[a] /* , */ > --\n 0")]
    [TestCase("a is not null AND Lower(a) = 'x'", "A IS NOT NULL and LOWER( `a` )='x'")]
    [TestCase("\"key\" IN (1,2)", "Key in ( 1, 2 )")]
    [TestCase("\"order\" = 1", "[ORDER] = 1")]
    [TestCase("date(date)", "DATE(\"Date\")")]
    [TestCase("a.key", "A . KEY")]
    public void Expressions_that_are_the_same(string one, string other) =>
        Assert.That(Expression(other), Is.EqualTo(Expression(one)));

    [TestCase("a > 0", "a > 1")]
    [TestCase("a = 'x'", "a = \"x\"")]
    [TestCase("a = 'a'", "a = a")]
    [TestCase("a = \"x\"", "a = \"X\"", Description = "no column: a text")]
    [TestCase("a = b1", "a = B1", Description = "unknown names may be texts elsewhere")]
    [TestCase("a = 'x  y'", "a = 'x y'")]
    [TestCase("(a) + (a)", "a) + (a")]
    [TestCase("a COLLATE NOCASE", "a")]
    [TestCase("a IS NULL", "a IS \"NULL\"")]
    [TestCase("x'ab' = a", "x 'ab' = a")]
    [TestCase("a = 1.5", "a = 15")]
    public void Expressions_that_are_not(string one, string other) =>
        Assert.That(Expression(other), Is.Not.EqualTo(Expression(one)));

    [TestCase(
        "CREATE VIEW v AS SELECT a FROM t",
        "create view \"v\" as select a from \"t\" -- all"
    )]
    [TestCase(
        "CREATE TRIGGER r AFTER INSERT ON t FOR EACH ROW BEGIN SELECT 1; END",
        "CREATE TRIGGER r after insert on [t] for each row begin select 1 ; end"
    )]
    [TestCase("fts5(a, tokenize = 'x')", "FTS5 ( \"a\",tokenize='x' )")]
    public void Statements_that_are_the_same(string one, string other) =>
        Assert.That(
            SqliteNormalForm.Statement(other).Normal,
            Is.EqualTo(SqliteNormalForm.Statement(one).Normal)
        );

    [TestCase("CREATE VIEW v AS SELECT a FROM t", "CREATE VIEW v AS SELECT b FROM t")]
    [TestCase("CREATE VIEW v AS SELECT \"a\"", "CREATE VIEW v AS SELECT \"A\"")]
    [TestCase("CREATE VIEW v AS SELECT x'ab' FROM t", "CREATE VIEW v AS SELECT x 'ab' FROM t")]
    [TestCase("CREATE VIEW v AS SELECT true", "CREATE VIEW v AS SELECT \"true\"")]
    [TestCase("CREATE VIEW v AS SELECT \"select\"", "CREATE VIEW v AS SELECT select")]
    public void Statements_that_are_not(string one, string other) =>
        Assert.That(
            SqliteNormalForm.Statement(other).Normal,
            Is.Not.EqualTo(SqliteNormalForm.Statement(one).Normal)
        );

    private static string Expression(string sql)
    {
        var columns = new HashSet<string>(SqliteNames.Comparer) { "A", "key", "order", "date" };
        return new SqliteNormalForm(name => columns.Contains(name) ? SqliteNames.Fold(name) : null)
            .Expression(sql)
            .Normal;
    }
}
