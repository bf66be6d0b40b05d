using System.Globalization;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas.Comparing;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Schema;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Schema;

/// <summary>
/// Schemas made at random are read as SQLite reads them, and their SQL makes them again. The seed is always the same,
/// and another one each time where <c>NITEJAR_FAULTS=long</c>; <c>NITEJAR_FAULTS_SEED</c> sets it.
/// </summary>
public sealed class GeneratedSchemaTests
{
    private static readonly bool IsLong =
        Environment.GetEnvironmentVariable("NITEJAR_FAULTS") == "long";

    [Test]
    public void A_schema_is_what_SQLite_says_and_can_be_made_again()
    {
        var given = Environment.GetEnvironmentVariable("NITEJAR_FAULTS_SEED");
        var seed =
            given is not null ? int.Parse(given, CultureInfo.InvariantCulture)
            : IsLong ? Random.Shared.Next()
            : 20260101;
        TestContext.Out.WriteLine($"seed {seed} (repeat with NITEJAR_FAULTS_SEED={seed})");
        var tables = 0;
        for (var number = 0; number < (IsLong ? 100_000 : 1_500); number++)
        {
            using var original = Open();
            var statements = new GeneratedSchema(
                new Random(unchecked(seed + (number * 7_919)))
            ).Statements();
            var taken = statements.Where(sql => IsTaken(original, sql)).ToArray();
            var schema = SqliteSchemaReader.ReadSchema(original, "VersionInfo");
            tables += schema.Tables.Count - 1;
            foreach (var table in schema.Tables)
            {
                Assert.That(
                    SchemaFacts.ByModel(table),
                    Is.EqualTo(SchemaFacts.BySqlite(original, table.Name.Name)),
                    () => $"schema {number}:\n{string.Join(";\n", taken)}"
                );
            }

            using var copy = Open();
            foreach (var sql in SqliteSchemaScript.Read(original, "VersionInfo"))
            {
                copy.Execute(sql + " SELECT 1");
            }

            Assert.That(Objects(copy), Is.EqualTo(Objects(original)), () => $"schema {number}");
            Assert.That(
                SchemaComparison.Of(
                    schema,
                    SqliteSchemaReader.ReadSchema(copy, "VersionInfo"),
                    SqliteNames.Comparer
                ),
                Is.Empty,
                () => $"schema {number}"
            );
        }

        TestContext.Out.WriteLine($"{tables} tables that SQLite took");
        Assert.That(tables, Is.GreaterThan(IsLong ? 10_000 : 150));
    }

    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return connection;
    }

    private static bool IsTaken(SqliteConnection connection, string sql)
    {
        try
        {
            connection.Execute(sql);
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static List<string> Objects(SqliteConnection connection) =>
        connection.Query(
            "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(rtrim(sql, char(9, 10, 12, 13, 32)), '') FROM sqlite_schema ORDER BY 1",
            row => row.GetString(0)
        );
}
