using System.Globalization;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Sql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Sql;

/// <summary>
/// Generated SQL is read as SQLite itself reads it. The seed is always the same, and another one each time where
/// <c>NITEJAR_FAULTS=long</c>; <c>NITEJAR_FAULTS_SEED</c> sets it.
/// </summary>
public sealed class SqliteLexerTests
{
    private static readonly bool IsLong =
        Environment.GetEnvironmentVariable("NITEJAR_FAULTS") == "long";

    private SqliteConnection _connection = null!;
    private int _seed;

    [SetUp]
    public void Open()
    {
        _connection = new SqliteConnection("Data Source=:memory:");
        _connection.Open();
        var given = Environment.GetEnvironmentVariable("NITEJAR_FAULTS_SEED");
        _seed =
            given is not null ? int.Parse(given, CultureInfo.InvariantCulture)
            : IsLong ? Random.Shared.Next()
            : 20260101;
        TestContext.Out.WriteLine($"seed {_seed} (repeat with NITEJAR_FAULTS_SEED={_seed})");
    }

    [TearDown]
    public void Close() => _connection.Dispose();

    [Test]
    public void Statements_are_those_that_SQLite_prepares()
    {
        _connection.Execute("CREATE TABLE t (a, b)");
        var complete = 0;
        var count = IsLong ? 500_000 : 5_000;
        for (var number = 0; number < count; number++)
        {
            var text = new GeneratedSql(RandomFor(number)).Text();
            var (prepared, isRefused) = PreparedSql.Of(_connection, text);
            var split = SqliteStatements.Split(text);

            Assert.That(
                isRefused ? split.Take(prepared.Count) : split,
                Is.EqualTo(prepared),
                () => $"text {number}: {PreparedSql.Shown(text)}"
            );
            Assert.That(
                split.Count,
                isRefused ? Is.GreaterThan(prepared.Count) : Is.EqualTo(prepared.Count),
                () =>
                    $"what SQLite refuses is a statement too; text {number}: {PreparedSql.Shown(text)}"
            );
            complete += isRefused ? 0 : 1;
        }

        TestContext.Out.WriteLine($"{complete} of {count} texts are right to their end");
        Assert.That(complete, Is.GreaterThan(count / 4));
    }

    [Test]
    public void The_object_of_a_statement_is_the_one_that_SQLite_touches()
    {
        var count = IsLong ? 50_000 : 1_000;
        for (var number = 0; number < count; number++)
        {
            var sql = new GeneratedSql(RandomFor(number));
            _connection.Execute("BEGIN");
            RequireObjects(sql, number % Changes.Length);
            _connection.Execute("ROLLBACK");
        }
    }

    private static readonly Func<GeneratedSql, string, string, string>[] Changes =
    [
        (sql, table, _) => sql.Words("DROP", "TABLE", sql.Written(table)),
        (sql, table, _) =>
            sql.Words("drop", "table", "IF", "EXISTS", "main", ".", sql.Written(table)),
        (sql, table, column) =>
            sql.Words("ALTER", "TABLE", sql.Written(table), "DROP", "COLUMN", sql.Written(column)),
        (sql, table, column) =>
            sql.Words("ALTER", "TABLE", sql.Written(table), "DROP", sql.Written(column)),
        (sql, table, _) =>
            sql.Words("ALTER", "TABLE", sql.Written(table), "RENAME", "TO", "renamed"),
        (sql, table, column) =>
            sql.Words(
                "ALTER",
                "TABLE",
                sql.Written(table),
                "RENAME",
                sql.Written(column),
                "TO",
                "renamed"
            ),
        (sql, table, _) => sql.Words("DELETE", "FROM", sql.Written(table)),
        (sql, table, _) =>
            sql.Words("WITH", "w", "AS", "(SELECT", "1)", "DELETE", "FROM", sql.Written(table)),
        (sql, table, _) => sql.Words("INSERT", "INTO", sql.Written(table), "VALUES", "(1,", "2)"),
    ];

    /// <summary>Among tables that are left alone, the statement changes the one that it is said to change, and its column.</summary>
    private void RequireObjects(GeneratedSql sql, int change)
    {
        var (table, column) = (sql.AnyName(), sql.AnyName());
        _connection.Execute(
            $"CREATE TABLE {Identifier.Quote(table)} (id, {Identifier.Quote(column)})"
        );
        _connection.Execute("CREATE TABLE other (id, a)");
        _connection.Execute($"INSERT INTO {Identifier.Quote(table)} VALUES (1, 2)");
        var text = Changes[change](sql, table, column);
        var before = Image();

        _connection.Execute(text);

        var statement = SqliteStatement.Parse(SqliteStatements.Split(text).Single().Sql);
        var changed = before.Except(Image()).Select(line => line.Table).Distinct();
        var effect = statement.Effects[0];
        Assert.That(changed, Is.EqualTo(new[] { effect.Name }), () => PreparedSql.Shown(text));
        if (effect.Column is not null)
        {
            Assert.That(effect.Column, Is.EqualTo(column), () => PreparedSql.Shown(text));
        }
    }

    private HashSet<(string Table, string Line)> Image() =>
        [
            .. _connection
                .Query(
                    """
                    SELECT m.name, group_concat(c.name, char(1)) FROM sqlite_master m, pragma_table_info(m.name) c
                    GROUP BY m.name
                    """,
                    row => (Table: row.GetString(0), Columns: row.GetString(1))
                )
                .Select(t =>
                    (
                        t.Table,
                        $"{t.Columns} {_connection.Number($"SELECT count(*) FROM {Identifier.Quote(t.Table)}")}"
                    )
                ),
        ];

    private Random RandomFor(int number) => new(unchecked((_seed * 397) ^ number));
}
