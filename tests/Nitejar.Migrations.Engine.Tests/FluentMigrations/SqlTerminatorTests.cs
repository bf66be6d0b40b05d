using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Sql;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Tests.Drivers;

namespace Nitejar.Migrations.Engine.Tests.FluentMigrations;

/// <summary>However a text ends, what is stored behind it is not part of it; and what was stored rightly stays the same.</summary>
public sealed class SqlTerminatorTests
{
    private const string Next = "SELECT 'next';";

    [TestCase("", "")]
    [TestCase(" \n\t", "")]
    [TestCase("DROP TABLE b", "DROP TABLE b;")]
    [TestCase("\r\n DROP TABLE b; ", "DROP TABLE b;")]
    [TestCase("DROP TABLE b -- first", "DROP TABLE b -- first\n;")]
    [TestCase("DROP TABLE b -- first;", "DROP TABLE b -- first;\n;")]
    [TestCase("DROP TABLE b; -- first;", "DROP TABLE b; -- first;")]
    [TestCase("DROP TABLE b; -- first", "DROP TABLE b; -- first\n;")]
    [TestCase("-- nothing;", "-- nothing;")]
    [TestCase("SELECT '--'", "SELECT '--'\n;")]
    [TestCase("SELECT '--;'", "SELECT '--;'\n;")]
    [TestCase("SELECT ';'", "SELECT ';';")]
    [TestCase("DROP TABLE b /* old */", "DROP TABLE b /* old */;")]
    [TestCase("DROP TABLE b /* old;", "DROP TABLE b /* old;*/;")]
    [TestCase("DROP TABLE b /* old -- and", "DROP TABLE b /* old -- and*/;")]
    [TestCase("DROP TABLE b; /* old", "DROP TABLE b; /* old*/;")]
    [TestCase("DROP TABLE b /*", "DROP TABLE b /**/;")]
    [TestCase("DROP TABLE b /*/", "DROP TABLE b /*/\n*/;")]
    [TestCase("\uFEFFDROP TABLE b", "\uFEFFDROP TABLE b;")]
    [TestCase("DROP TABLE b\u00A0", "DROP TABLE b\u00A0;")]
    [TestCase("\u00A0DROP TABLE b;\u2028\n", "DROP TABLE b;")]
    [TestCase("\u00A0", "")]
    public void Both_kinds_of_database(string sql, string expected)
    {
        Assert.That(Terminate(sql), Is.EqualTo(expected));
        Assert.That(Terminate(sql, DatabaseProvider.Postgres), Is.EqualTo(expected));
    }

    [TestCase("SELECT $$;", "SELECT $$;")]
    [TestCase("SELECT [a--] FROM b -- ]", "SELECT [a--] FROM b -- ]\n;")]
    [TestCase("DROP TABLE b /* /* old", "DROP TABLE b /* /* old*/;")]
    [TestCase("SELECT E'\\'", "SELECT E'\\';")]
    [TestCase("SELECT $a(--) -- ;", "SELECT $a(--) -- ;\n;")]
    public void Sqlite(string sql, string expected) =>
        Assert.That(Terminate(sql), Is.EqualTo(expected));

    [TestCase("DROP TABLE b /* /* old", "DROP TABLE b /* /* old*/*/;")]
    [TestCase("DROP TABLE b /* /* old */", "DROP TABLE b /* /* old */\n*/;")]
    [TestCase("DROP TABLE b /* /* old */ */", "DROP TABLE b /* /* old */ */;")]
    [TestCase("SELECT a[1] -- [", "SELECT a[1] -- [\n;")]
    [TestCase("DO $$ BEGIN -- it's;\n END $$", "DO $$ BEGIN -- it's;\n END $$;")]
    [TestCase("DO $a$ ' $$ /* $a$", "DO $a$ ' $$ /* $a$;")]
    [TestCase("SELECT a$b$, $1 -- ;", "SELECT a$b$, $1 -- ;\n;")]
    [TestCase("SELECT E'it\\'s /*', e''' -- '", "SELECT E'it\\'s /*', e''' -- '\n;")]
    [TestCase("SELECT U&'\\', 'a''b', \"\"\"/*\"", "SELECT U&'\\', 'a''b', \"\"\"/*\";")]
    [TestCase("SELECT 'a' AS e'b' -- ;", "SELECT 'a' AS e'b' -- ;\n;")]
    [TestCase("SELECT E'a'\n'b\\' -- '", "SELECT E'a'\n'b\\' -- '\n;")]
    public void Postgres(string sql, string expected) =>
        Assert.That(Terminate(sql, DatabaseProvider.Postgres), Is.EqualTo(expected));

    [TestCase(DatabaseProvider.Sqlite, "SELECT 1, 'it''s;", "'it''s;")]
    [TestCase(DatabaseProvider.Sqlite, "SELECT [a;", "[a;")]
    [TestCase(DatabaseProvider.Sqlite, "SELECT \"a;", "\"a;")]
    [TestCase(DatabaseProvider.Sqlite, "SELECT `a;", "`a;")]
    [TestCase(DatabaseProvider.Postgres, "SELECT 'a;", "'a;")]
    [TestCase(DatabaseProvider.Postgres, "SELECT E'a\\';", "E'a\\';")]
    [TestCase(DatabaseProvider.Postgres, "SELECT \"a;", "\"a;")]
    [TestCase(DatabaseProvider.Postgres, "DO $a$ BEGIN $b$;", "$a$ BEGIN $b$;")]
    public void An_open_quote_cannot_be_ended(DatabaseProvider provider, string sql, string open) =>
        Assert.That(
            () => Terminate(sql, provider),
            Throws.TypeOf<FormatException>().With.Message.EndsWith($"never ends: {open}")
        );

    /// <summary>As SQLite itself sees it: the statements of the text, each as before, and then the next one.</summary>
    [Test]
    public void Generated_texts_stay_statements_of_their_own()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.Execute("CREATE TABLE t (a, b)");
        var (changed, kept) = (0, 0);
        for (var number = 0; number < 5_000; number++)
        {
            var text = new GeneratedSql(new Random(number)).Text();
            var own = PreparedSql.Of(connection, text);
            if (own.IsRefused)
            {
                continue;
            }

            var stored = Terminate(text);
            var earlier = SqlTerminator.TerminateAsBefore(text);
            Assert.That(IsOfItsOwn(stored), Is.True, () => $"{number}: {PreparedSql.Shown(text)}");
            if (stored != earlier)
            {
                changed++;
                Assert.That(
                    IsOfItsOwn(earlier),
                    Is.False,
                    () => $"needlessly changed, {number}: {PreparedSql.Shown(text)}"
                );
            }
            else
            {
                kept++;
            }

            bool IsOfItsOwn(string terminated)
            {
                var all = PreparedSql.Of(connection, $"{terminated}\n{Next}").Statements;
                return all.Count == own.Statements.Count + 1
                    && all[^1].Sql.EndsWith(Next, StringComparison.Ordinal)
                    && own.Statements.Zip(all)
                        .All(pair =>
                            pair.Second.Sql.StartsWith(pair.First.Sql, StringComparison.Ordinal)
                        );
            }
        }

        TestContext.Out.WriteLine($"{kept} kept, {changed} changed");
        Assert.That((kept, changed), Is.GreaterThan((1_000, 100)));
    }

    private static string Terminate(
        string sql,
        DatabaseProvider provider = DatabaseProvider.Sqlite
    ) => SqlTerminator.Terminate(sql, provider.Driver().Generation);
}
