using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Running;
using Nitejar.Migrations.Sqlite.Sessions;
using Nitejar.Migrations.Sqlite.Sql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Sql;

public sealed class SqliteStatementsTests
{
    private const string Trigger =
        "CREATE TRIGGER r AFTER INSERT ON t BEGIN UPDATE t SET a = CASE WHEN 1 THEN 2 END; DELETE FROM t; END;";

    [TestCase("", TestName = "nothing")]
    [TestCase(" \n\t", TestName = "blanks")]
    [TestCase("-- a comment; and no more", TestName = "a comment")]
    [TestCase(";; /* ; */ ;\n-- ;", TestName = "empty statements")]
    [TestCase("/* without an end ;", TestName = "a comment without an end")]
    public void What_executes_nothing_is_no_statement(string sql) =>
        Assert.That(SqliteStatements.Split(sql), Is.Empty);

    [TestCase("SELECT 1", "1:SELECT 1", TestName = "one without a semicolon")]
    [TestCase("SELECT 1;", "1:SELECT 1;", TestName = "one")]
    [TestCase("\n\n SELECT 1;\nSELECT\n 2 ; ", "3:SELECT 1;|4:SELECT\n 2 ;", TestName = "lines")]
    [TestCase(
        "SELECT 1;\n-- of the second\nSELECT 2",
        "1:SELECT 1;|2:-- of the second\nSELECT 2",
        TestName = "a comment belongs to what follows"
    )]
    [TestCase("SELECT 1; -- the end", "1:SELECT 1;", TestName = "a comment at the end")]
    [TestCase(";\n;SELECT 1;;", "1:;\n;SELECT 1;", TestName = "empty ones belong to what follows")]
    [TestCase(
        "SELECT ';', '', 'it''s;', \"a;\"\"b\", [c;], `d;` /* e; */;SELECT 2;",
        "1:SELECT ';', '', 'it''s;', \"a;\"\"b\", [c;], `d;` /* e; */;|1:SELECT 2;",
        TestName = "semicolons in quotes and comments"
    )]
    [TestCase(Trigger + "SELECT 2;", "1:" + Trigger + "|1:SELECT 2;", TestName = "a trigger")]
    [TestCase(
        "create /**/ temp trigger r\n-- ;end;\nafter insert on t begin select 1;\nend -- ;\n; SELECT 2",
        "1:create /**/ temp trigger r\n-- ;end;\nafter insert on t begin select 1;\nend -- ;\n;|5:SELECT 2",
        TestName = "a trigger with comments"
    )]
    [TestCase(
        "SELECT 'no end; SELECT 2;",
        "1:SELECT 'no end; SELECT 2;",
        TestName = "an open quote"
    )]
    [TestCase(
        "SELECT 'ä€𝄞;';SELECT 2",
        "1:SELECT 'ä€𝄞;';|1:SELECT 2",
        TestName = "other alphabets"
    )]
    [TestCase(
        "\uFEFFCREATE \uFEFFTRIGGER r AFTER INSERT ON t BEGIN SELECT 1; SELECT 2; END; SELECT 3",
        "1:\uFEFFCREATE \uFEFFTRIGGER r AFTER INSERT ON t BEGIN SELECT 1; SELECT 2; END;|1:SELECT 3",
        TestName = "a trigger behind byte order marks"
    )]
    [TestCase(
        "EXPLAIN QUERY PLAN CREATE TEMPORARY TRIGGER r BEGIN SELECT 1; END; SELECT 2",
        "1:EXPLAIN QUERY PLAN CREATE TEMPORARY TRIGGER r BEGIN SELECT 1; END;|1:SELECT 2",
        TestName = "a trigger that is explained"
    )]
    [TestCase("/*/;*/ SELECT 1; SELECT 2", "1:/*/;*/ SELECT 1;|1:SELECT 2", TestName = "/*/")]
    [TestCase("SELECT 1; /*", "1:SELECT 1;|1:/*", TestName = "/* at the end is no comment")]
    [TestCase(
        "SELECT $a::b(;), @c(;), :d(;), #e(;);SELECT $f(; 1);",
        "1:SELECT $a::b(;), @c(;), :d(;), #e(;);|1:SELECT $f(; 1);",
        TestName = "semicolons in the index of a variable"
    )]
    [TestCase(
        "DROP TABLE t\u00A0;\u2028DROP TABLE u\u2028",
        "1:DROP TABLE t\u00A0;|1:\u2028DROP TABLE u\u2028",
        TestName = "what only .NET takes for a blank"
    )]
    public void Statements_end_where_SQLite_ends_them(string sql, string expected) =>
        Assert.That(
            string.Join('|', SqliteStatements.Split(sql).Select(s => $"{s.Line}:{s.Sql}")),
            Is.EqualTo(expected)
        );

    [Test]
    public void Each_part_is_executed_as_one_statement()
    {
        const string sql = $"""
            -- first
            CREATE TABLE t (a DEFAULT ';', "b;" TEXT);;
            {Trigger} INSERT INTO t (a) VALUES (';'';');
            /* ; */ SELECT 1; ; SELECT 2 -- ;
            """;
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        var script = new SqliteScript(connection.Handle!, "memory", null, default);
        var executed = new Recorder();

        foreach (var statement in new SqliteDialect(VersionTable.Standard).Parse(sql))
        {
            script.Execute(statement, executed);
        }

        Assert.That(executed.Statements, Has.Count.EqualTo(5));
    }

    [TestCase("SELECT 1; SELECT 2")]
    [TestCase("SELECT 1;;")]
    [TestCase("-- nothing")]
    public void What_SQLite_does_not_read_as_one_statement_is_not_executed(string sql)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        var executed = new Recorder();

        Assert.That(
            () =>
                new SqliteScript(connection.Handle!, "memory", null, default).Execute(
                    Statement.Opaque(sql),
                    executed
                ),
            Throws
                .TypeOf<StatementException>()
                .With.Message.EqualTo("SQLite does not read this as one statement")
        );
        Assert.That(executed.Statements, Is.Empty);
    }

    [Test]
    public void A_long_text_full_of_semicolons_is_split_in_time()
    {
        var seed = string.Concat(Enumerable.Repeat("INSERT INTO t VALUES (';;;;;;;;');\n", 40_000));
        var blob = $"INSERT INTO t VALUES ('{new string(';', 1_000_000)}');";

        var statements = SqliteStatements.Split(seed + blob);

        Assert.That(statements, Has.Count.EqualTo(40_001));
        Assert.That(statements[^1], Is.EqualTo(new SqliteStatementText(blob, 40_001)));
    }

    private sealed class Recorder : IStatementWatcher
    {
        public bool MayRescue => false;

        public List<string> Statements { get; } = [];

        public void Before(Statement statement) => Statements.Add(statement.Sql);

        public void After(Statement statement, long changes) =>
            TestContext.Out.WriteLine($"{changes}: {statement.Sql}");

        public void BeforeCode() => Assert.Fail("There is none.");

        public StatementRescue Rescue(Statement statement, StatementFault fault) =>
            StatementRescue.None;
    }
}
