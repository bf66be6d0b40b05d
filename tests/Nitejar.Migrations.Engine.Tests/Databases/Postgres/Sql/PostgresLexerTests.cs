using System.Globalization;
using Nitejar.Migrations.Engine.Databases.Postgres.Sql;

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
        using var database = PostgresServer.Shared().CreateDatabase();
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
}
