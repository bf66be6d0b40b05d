using Nitejar.Migrations.Postgres.Sql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Sql;

public sealed class PostgresStatementsTests
{
    [TestCase("", TestName = "nothing")]
    [TestCase(" \n\t", TestName = "blanks")]
    [TestCase("-- a comment; and no more", TestName = "a comment")]
    [TestCase(";; /* ; */ ;\n-- ;", TestName = "empty statements")]
    [TestCase("/* without /* an */ end ;", TestName = "a comment without an end")]
    public void What_executes_nothing_is_no_statement(string sql) =>
        Assert.That(PostgresStatements.Split(sql), Is.Empty);

    [TestCase("SELECT 1", "1:SELECT 1", TestName = "one without a semicolon")]
    [TestCase("SELECT 1;", "1:SELECT 1", TestName = "one")]
    [TestCase("\n\n SELECT 1;\nSELECT\n 2 ; ", "3:SELECT 1|4:SELECT\n 2", TestName = "lines")]
    [TestCase(
        "SELECT 1;\n-- of the second\nSELECT 2",
        "1:SELECT 1|2:-- of the second\nSELECT 2",
        TestName = "a comment belongs to what follows"
    )]
    [TestCase("SELECT 1; -- the end", "1:SELECT 1", TestName = "a comment at the end")]
    [TestCase(";\n;SELECT 1;;", "2:SELECT 1", TestName = "empty ones between")]
    [TestCase(
        "SELECT ';', '', 'it''s;', \"a;\"\"b\" /* /* e; */ ; */;SELECT 2;",
        "1:SELECT ';', '', 'it''s;', \"a;\"\"b\" /* /* e; */ ; */|1:SELECT 2",
        TestName = "semicolons in quotes and comments"
    )]
    [TestCase("SELECT 'a\\';SELECT 'b'", "1:SELECT 'a\\'|1:SELECT 'b'", TestName = "a backslash")]
    [TestCase(
        "SELECT E'a\\';', e'''\\\\';SELECT 2",
        "1:SELECT E'a\\';', e'''\\\\'|1:SELECT 2",
        TestName = "escapes"
    )]
    [TestCase(
        "SELECT U&'\\', u&\"a;\\\";SELECT 2",
        "1:SELECT U&'\\', u&\"a;\\\"|1:SELECT 2",
        TestName = "Unicode escapes"
    )]
    [TestCase(
        "SELECT E'a' -- ';\n\t'b\\';';SELECT 2",
        "1:SELECT E'a' -- ';\n\t'b\\';'|2:SELECT 2",
        TestName = "a text that goes on in another line keeps its escapes"
    )]
    [TestCase(
        "SELECT E'a' 'b\\';SELECT 2",
        "1:SELECT E'a' 'b\\'|1:SELECT 2",
        TestName = "a text on the same line is another one"
    )]
    [TestCase(
        "SELECT E'a' /*\n*/\n'b\\';SELECT 2",
        "1:SELECT E'a' /*\n*/\n'b\\'|3:SELECT 2",
        TestName = "a block comment ends a text"
    )]
    [TestCase(
        "SELECT $$;$a$;'$$, $a$;$$;$b$;$a$;SELECT 2",
        "1:SELECT $$;$a$;'$$, $a$;$$;$b$;$a$|1:SELECT 2",
        TestName = "dollar quotes"
    )]
    [TestCase(
        "SELECT a$b$, $1, 1$c$;$c$;SELECT 2;$c$",
        "1:SELECT a$b$, $1, 1$c$;$c$|1:SELECT 2|1:$c$",
        TestName = "dollars that quote nothing"
    )]
    [TestCase(
        "SELECT $1$;SELECT 2$1$",
        "1:SELECT $1$|1:SELECT 2$1$",
        TestName = "a parameter is not a tag"
    )]
    [TestCase("SELECT $é1$;$é1$;SELECT 2", "1:SELECT $é1$;$é1$|1:SELECT 2", TestName = "a tag")]
    [TestCase(
        "CREATE RULE r AS ON INSERT TO t DO (DELETE FROM u; DELETE FROM v);SELECT 2",
        "1:CREATE RULE r AS ON INSERT TO t DO (DELETE FROM u; DELETE FROM v)|1:SELECT 2",
        TestName = "parentheses"
    )]
    [TestCase("SELECT (1; SELECT 2", "1:SELECT (1; SELECT 2", TestName = "an open parenthesis")]
    [TestCase("SELECT 1); SELECT 2", "1:SELECT 1)|1:SELECT 2", TestName = "one too many")]
    [TestCase(
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a THEN 1 END; END; SELECT 2",
        "1:CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a THEN 1 END; END|1:SELECT 2",
        TestName = "a body"
    )]
    [TestCase(
        "create or /**/ replace procedure p() begin /*;*/ atomic\ndelete from t; select a as end, t.case from t; end; select 2",
        "1:create or /**/ replace procedure p() begin /*;*/ atomic\ndelete from t; select a as end, t.case from t; end|2:select 2",
        TestName = "a body with names like its words"
    )]
    [TestCase(
        "CREATE FUNCTION begin() RETURNS int AS 'f' LANGUAGE sql; SELECT 2; END",
        "1:CREATE FUNCTION begin() RETURNS int AS 'f' LANGUAGE sql|1:SELECT 2|1:END",
        TestName = "a function called begin"
    )]
    [TestCase("BEGIN; SELECT 1; END; SELECT 2", "1:BEGIN|1:SELECT 1|1:END|1:SELECT 2")]
    [TestCase(
        "SELECT 'no end; SELECT 2;",
        "1:SELECT 'no end; SELECT 2;",
        TestName = "an open quote"
    )]
    [TestCase(
        "SELECT 'ä€𝄞;' AS a😀;SELECT 2",
        "1:SELECT 'ä€𝄞;' AS a😀|1:SELECT 2",
        TestName = "other alphabets"
    )]
    [TestCase("SELECT 1; /*", "1:SELECT 1", TestName = "/* at the end is a comment")]
    [TestCase("SELECT 2*/*;*/3;SELECT 2", "1:SELECT 2*/*;*/3|1:SELECT 2", TestName = "operators")]
    [TestCase(
        "DROP TABLE t\u00A0;\u2028DROP TABLE u\u2028",
        "1:DROP TABLE t\u00A0|1:\u2028DROP TABLE u\u2028",
        TestName = "what only .NET takes for a blank"
    )]
    [TestCase(
        "SELECT 1 \\; SELECT 2",
        "1:SELECT 1 \\|1:SELECT 2",
        TestName = "a backslash outside of quotes"
    )]
    [TestCase("SELECT 1 \r\n;\r\nSELECT 2", "1:SELECT 1|3:SELECT 2", TestName = "carriage returns")]
    public void Statements_end_where_the_server_ends_them(string sql, string expected) =>
        Assert.That(
            string.Join('|', PostgresStatements.Split(sql).Select(s => $"{s.Line}:{s.Sql}")),
            Is.EqualTo(expected)
        );

    [Test]
    public void A_long_text_full_of_semicolons_is_split_in_time()
    {
        var seed = string.Concat(Enumerable.Repeat("INSERT INTO t VALUES (';;;;;;;;');\n", 40_000));
        var blob = $"INSERT INTO t VALUES ('{new string(';', 1_000_000)}')";
        var nested = string.Concat(Enumerable.Repeat("(/*", 40_000));

        var statements = PostgresStatements.Split($"{seed}{blob};{nested}");

        Assert.That(statements, Has.Count.EqualTo(40_002));
        Assert.That(statements[^2], Is.EqualTo(new PostgresText(blob, 40_001)));
    }
}
