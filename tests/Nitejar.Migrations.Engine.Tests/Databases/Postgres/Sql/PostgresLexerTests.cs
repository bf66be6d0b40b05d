using System.Globalization;
using Nitejar.Migrations.Postgres.Sql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Sql;

/// <summary>
/// Generated SQL is read as PostgreSQL's own programs read it. The seed is always the same, and another one each time
/// where <c>NITEJAR_FAULTS=long</c>; <c>NITEJAR_FAULTS_SEED</c> sets it.
/// </summary>
public sealed class PostgresLexerTests
{
    private static readonly bool IsLong =
        Environment.GetEnvironmentVariable("NITEJAR_FAULTS") == "long";

    private int _seed;

    [SetUp]
    public void ChooseSeed()
    {
        var given = Environment.GetEnvironmentVariable("NITEJAR_FAULTS_SEED");
        _seed =
            given is not null ? int.Parse(given, CultureInfo.InvariantCulture)
            : IsLong ? Random.Shared.Next()
            : 20260101;
        TestContext.Out.WriteLine($"seed {_seed} (repeat with NITEJAR_FAULTS_SEED={_seed})");
    }

    [Test]
    public void Statements_are_those_that_psql_sends()
    {
        using var database = EmptyDatabases.Take();
        var scripts = Enumerable
            .Range(0, IsLong ? 5_000 : 500)
            .Select(number => new GeneratedPostgresSql(new Random(_seed + number)).Script())
            .ToArray();

        var all = PsqlStatements.Of(database, scripts);
        Assert.That(all, Has.Count.EqualTo(scripts.Length), "psql ended early");
        foreach (var (script, sent) in scripts.Zip(all))
        {
            var split = PostgresStatements.Split(script);
            Assert.That(
                split.Select(text => PsqlStatements.Normal(text.Sql)),
                Is.EqualTo(sent),
                () => $"script: {script}"
            );
            foreach (var text in split)
            {
                var lines = script.Split('\n')[(text.Line - 1)..];
                Assert.That(
                    string.Join('\n', lines),
                    Does.Contain(text.Sql),
                    () => $"line {text.Line} of script: {script}"
                );
            }
        }
    }

    [Test]
    public void No_text_is_too_strange_to_be_read()
    {
        for (var number = 0; number < (IsLong ? 500_000 : 5_000); number++)
        {
            Read(new GeneratedPostgresSql(new Random(_seed + number)).Nonsense());
        }
    }

    [TestCase("WITH a AS (", 30_000)]
    [TestCase("DO $a$ EXECUTE $b$ ", 30_000)]
    [TestCase("INSERT INTO t ((", 30_000)]
    [TestCase("CREATE TABLE t (/*", 30_000)]
    [TestCase("ALTER TABLE t ADD a int DEFAULT f(", 30_000)]
    [TestCase("MERGE INTO t USING u ON CASE ", 30_000)]
    [TestCase("UPDATE t SET a.b[1", 30_000)]
    public void What_is_nested_deeply_is_read_in_time(string part, int times)
    {
        var reading = Task.Run(() => Read(string.Concat(Enumerable.Repeat(part, times))));

        Assert.That(reading.Wait(TimeSpan.FromMinutes(1)), Is.True);
    }

    [Test]
    public void Code_in_code_in_code_is_read_in_time()
    {
        var tags = Enumerable.Range(0, 10_000).Select(number => $"$t{number}$").ToArray();

        var reading = Task.Run(() =>
            Read($"DO {string.Concat(tags)} LOAD 'x' {string.Concat(tags.Reverse())}")
        );

        Assert.That(reading.Wait(TimeSpan.FromMinutes(1)), Is.True);
    }

    private static void Read(string sql)
    {
        var words = new HashSet<string>();
        _ = PostgresTextEnd.Of(sql);
        foreach (var text in PostgresStatements.Split(sql))
        {
            var statement = PostgresStatement.Parse(text.Sql);
            _ = PostgresCountQuery.Of(statement);
            _ = PostgresRestrictions.FindViolation(text.Sql);
            _ = PostgresReach.Of(statement);
            _ = PostgresStatement.RefusesTransaction(text.Sql);
            PostgresStatement.AddWords(text.Sql, words);
        }
    }
}
