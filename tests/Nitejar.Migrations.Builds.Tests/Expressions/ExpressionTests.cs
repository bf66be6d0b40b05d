using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Binary.Tests.Tools;
using Nitejar.Tests.Expressions;

namespace Nitejar.Migrations.Builds.Tests.Expressions;

/// <summary>
/// What FluentMigrator can say, a native program does: the same schema, the same rows and the same SQL as FluentMigrator's
/// own runner on the JIT, up and down, and a failure where that fails.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.Children)]
public sealed class ExpressionTests : WorkplaceTests
{
    private const string LeavesOut = "leaves out what the database cannot do";

    private string _options = "";
    private string _said = "";

    private static IEnumerable<string> Names => ExpressionTable.All.Select(e => e.Name);

    [TestCaseSource(nameof(Names))]
    public void As_with_FluentMigrator(string name) => Compare(name, "");

    /// <summary>Each parameter of <c>AddSQLite</c> with the cases in which it changes what FluentMigrator does.</summary>
    [TestCase("loose", "foreign-key-inline-automatic")]
    [TestCase("loose", "foreign-key-referenced-by")]
    [TestCase("loose", "foreign-key-alone")]
    [TestCase("loose", "foreign-key-deleted")]
    [TestCase("loose", "foreign-key-deleted-by-columns")]
    [TestCase("loose", "column-existing-rows-not-null")]
    [TestCase("loose", "column-foreign-key")]
    [TestCase("loose", "alter-table-alter")]
    [TestCase("loose", "alter-column")]
    [TestCase("loose", "alter-table-to-schema")]
    [TestCase("loose", "delete-primary-key")]
    [TestCase("loose", "delete-default-constraint")]
    [TestCase("loose", "schema")]
    [TestCase("loose", "delete-schema")]
    [TestCase("loose", "sequence")]
    [TestCase("loose", "delete-sequence")]
    [TestCase("binaryGuid", "insert-types")]
    [TestCase("strictTables", "primary-key-named")]
    [TestCase("strictTables", "default-methods")]
    public void As_with_FluentMigrator_that_has_options(string options, string name)
    {
        Compare(name, options);

        Assert.That(
            _said.Contains(LeavesOut, StringComparison.Ordinal),
            Is.EqualTo(options == "loose"),
            _said
        );
    }

    [Test]
    public void What_is_left_out_is_said_by_each_command_once()
    {
        const string Name = "foreign-key-alone";
        const string Said =
            $"Up of 2_{Name} {LeavesOut}: SQLite cannot add a foreign key to an existing table (child).";
        _options = "loose";
        Place.Write(SqlExpressions.Script, SqlExpressions.ScriptText);
        Run(Name, "up", "--to", "1").Exits(0);

        foreach (var arguments in new[] { ["up", "--dry-run"], new[] { "up" } })
        {
            Assert.That(Run(Name, arguments).Exits(0).Error.Split(Said), Has.Length.EqualTo(2));
        }

        Assert.That(
            Program(Name, "script", "up").Exits(0).Output,
            Does.Contain("-- Left out: SQLite cannot add")
        );
    }

    private void Compare(string name, string options)
    {
        _options = options;
        var expression = ExpressionTable.All.Single(e => e.Name == name);
        Place.Write(SqlExpressions.Script, SqlExpressions.ScriptText);
        var stock = new StockRun(Place["stock.db"], expression) { Options = options };
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

    private CommandResult Run(string name, params string[] arguments)
    {
        var result = Program(name, [.. arguments, "-c", "scratch.db", "--no-backup"]);
        _said += result.Error;
        return result;
    }

    private CommandResult Program(string name, params string[] arguments) =>
        new Command(ChainsBinary.ProgramFile, Place.Folder, arguments)
        {
            Variables = new Dictionary<string, string>
            {
                ["NITEJAR_CHAIN"] = ExpressionCase.Prefix + name,
                ["NITEJAR_CHAINS_SQLITE"] = _options,
            },
        }.Run();
}
