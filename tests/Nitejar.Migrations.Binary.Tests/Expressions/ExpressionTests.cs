using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Binary.Tests.Tools;
using Nitejar.Tests.Expressions;

namespace Nitejar.Migrations.Binary.Tests.Expressions;

/// <summary>
/// What FluentMigrator can say, a native program does: the same schema, the same rows and the same SQL as FluentMigrator's
/// own runner on the JIT, up and down, and a failure where that fails.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.Children)]
public sealed class ExpressionTests : WorkplaceTests
{
    private static IEnumerable<string> Names => ExpressionTable.All.Select(e => e.Name);

    [TestCaseSource(nameof(Names))]
    public void As_with_FluentMigrator(string name)
    {
        var expression = ExpressionTable.All.Single(e => e.Name == name);
        Place.Write(SqlExpressions.Script, SqlExpressions.ScriptText);
        var stock = new StockRun(Place["stock.db"], expression);
        _ = stock.Up(1);
        Run(name, "up", "--to", "1").Exits(0);

        if (Try(() => stock.Up(2)) is not { } up)
        {
            Assert.That(Run(name, "up").ExitCode, Is.Not.Zero, "FluentMigrator fails");
            return;
        }

        Run(name, "up").Exits(0);
        RequireSame("up");
        if (expression.HasSameSql)
        {
            RequireSameSql("UpSql", up, "Direction = 'up'");
        }

        if (Try(() => stock.Down(1)) is not { } down)
        {
            Assert.That(Run(name, "down", "--yes").ExitCode, Is.Not.Zero, "FluentMigrator fails");
            return;
        }

        Run(name, "down", "--yes").Exits(0);
        RequireSame("down");
        RequireSameSql("DownSql", down, "Direction = 'down'");
    }

    [Test]
    public void Each_case_has_a_name_of_its_own() => Assert.That(Names, Is.Unique);

    private void RequireSame(string command) =>
        Assert.That(
            DatabaseText.Of(Place["scratch.db"]),
            Is.EqualTo(DatabaseText.Of(Place["stock.db"])),
            $"after {command}"
        );

    private void RequireSameSql(string column, IReadOnlyList<string> stock, string direction)
    {
        using var connection = new SqliteConnection(
            $"Data Source={Place["scratch.db"]};Pooling=False;Mode=ReadOnly"
        );
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            $"SELECT {column} FROM VersionJournal WHERE Version = 2 AND {direction}";
        Assert.That(command.ExecuteScalar(), Is.EqualTo(Joined(stock)), column);
    }

    /// <summary>Without FluentMigrator's own history.</summary>
    private static string Joined(IEnumerable<string> statements) =>
        string.Join(
            '\n',
            statements
                .Where(sql => !sql.Contains("\"VersionInfo\"", StringComparison.Ordinal))
                .Select(sql => sql.Trim())
                .Select(Ended)
        );

    /// <summary>The journal keeps statements in one text, each with its end.</summary>
    private static string Ended(string sql) =>
        sql.Split('\n')[^1].Contains("--", StringComparison.Ordinal) ? sql + "\n;"
        : sql.EndsWith(';') ? sql
        : sql + ";";

    private static IReadOnlyList<string>? Try(Func<IReadOnlyList<string>> run)
    {
        try
        {
            return run();
        }
        catch (Exception e) when (e is not AssertionException)
        {
            TestContext.Out.WriteLine($"FluentMigrator: {e.Message}");
            return null;
        }
    }

    private CommandResult Run(string name, params string[] arguments) =>
        new Command(
            ChainsBinary.ProgramFile,
            Place.Folder,
            [.. arguments, "-c", "scratch.db", "--no-backup"]
        )
        {
            Variables = new Dictionary<string, string>
            {
                ["NITEJAR_CHAIN"] = ExpressionCase.Prefix + name,
            },
        }.Run();
}
