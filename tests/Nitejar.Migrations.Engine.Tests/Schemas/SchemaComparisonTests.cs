using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Comparing;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Schema;

namespace Nitejar.Migrations.Engine.Tests.Schemas;

/// <summary>Each kind of difference is found, alone; what is only written otherwise is none.</summary>
public sealed class SchemaComparisonTests
{
    private static IEnumerable<object?[]> Differing =>
        TableDifferences.All.Concat(ConstraintDifferences.All);

    private static string[][] Same => SameSchemas.All;

    [TestCaseSource(nameof(Differing))]
    public void A_difference_is_found_and_no_other(
        DifferenceKind kind,
        string before,
        string after,
        string path,
        string? was,
        string? isNow
    )
    {
        var differences = Compare(before, after);

        Assert.That(
            differences.Select(d => (d.Kind, d.Path.ToString(), d.Before, d.After)),
            Is.EqualTo(new[] { (kind, path, was, isNow) })
        );
    }

    [TestCaseSource(nameof(Differing))]
    public void From_the_other_side_it_is_the_same_one(
        DifferenceKind kind,
        string before,
        string after,
        string path,
        string? was,
        string? isNow
    )
    {
        var differences = Compare(after, before);

        Assert.That(
            differences.Select(d => (d.Kind, d.Before, d.After)),
            Is.EqualTo(new[] { (kind, isNow, was) }),
            path
        );
    }

    [TestCaseSource(nameof(Same))]
    public void The_same_in_other_words_is_no_difference(string one, string other)
    {
        Assert.That(Compare(one, other), Is.Empty);
        Assert.That(Compare(other, one), Is.Empty);
    }

    [Test]
    public void Every_kind_has_its_case()
    {
        // A number of its own goes with another key or type; another kind of table, with other columns. The rest is not
        // SQLite's: PostgresComparisonTests has it.
        DifferenceKind[] apart =
        [
            DifferenceKind.ColumnIdentity,
            DifferenceKind.TableKind,
            DifferenceKind.Sequence,
            DifferenceKind.KeyDeferral,
            DifferenceKind.Validity,
            DifferenceKind.TablePart,
            DifferenceKind.Routine,
            DifferenceKind.Type,
        ];

        Assert.That(
            Differing.Select(row => (DifferenceKind)row[0]!).Concat(apart).Distinct(),
            Is.EquivalentTo(Enum.GetValues<DifferenceKind>())
        );
    }

    [Test]
    public void A_number_of_its_own_goes_with_the_type()
    {
        var differences = Compare(
            "CREATE TABLE t (a INTEGER PRIMARY KEY)",
            "CREATE TABLE t (a INT PRIMARY KEY)"
        );

        Assert.That(
            differences.Select(d => (d.Kind, d.Before, d.After)),
            Is.EqualTo(
                new[]
                {
                    (DifferenceKind.ColumnTypeName, "INTEGER", "INT"),
                    (DifferenceKind.ColumnIdentity, "identity", null),
                }
            )
        );
    }

    [Test]
    public void A_virtual_table_is_another_kind_and_what_it_makes_is_left_out()
    {
        var differences = Compare("CREATE TABLE t (a)", "CREATE VIRTUAL TABLE t USING fts5(a)");

        Assert.That(
            differences.Select(d => (d.Kind, d.Before, d.After)),
            Is.EqualTo(
                new (DifferenceKind, string?, string?)[]
                {
                    (DifferenceKind.TableKind, "table", "virtual"),
                    (DifferenceKind.Module, null, "fts5(a)"),
                }
            )
        );
    }

    [Test]
    public void Sequences_are_compared_and_schemas_keep_names_apart()
    {
        static Sequence Named(string schema, string sql) =>
            new(new ObjectName(schema, "s"), new SqlText(sql, text => text));
        var before = DatabaseSchema.Empty with
        {
            Sequences = [Named("a", "one"), Named("b", "two")],
        };
        var after = DatabaseSchema.Empty with { Sequences = [Named("b", "three")] };

        Assert.That(
            SchemaComparison
                .Of(before, after, StringComparer.Ordinal)
                .Select(d => (d.Kind, d.Path.ToString(), d.Before, d.After)),
            Is.EqualTo(
                new (DifferenceKind, string, string?, string?)[]
                {
                    (DifferenceKind.Sequence, "a.s", "one", null),
                    (DifferenceKind.Sequence, "b.s", "two", "three"),
                }
            )
        );
    }

    [Test]
    public void Names_are_the_same_by_the_rule_of_their_database()
    {
        using var one = Open("CREATE TABLE t (a)");
        using var other = Open("CREATE TABLE T (a)");

        Assert.That(
            SchemaComparison.Of(
                SqliteSchemaReader.ReadSchema(one, "VersionInfo"),
                SqliteSchemaReader.ReadSchema(other, "VersionInfo"),
                StringComparer.Ordinal
            ),
            Has.Count.EqualTo(2)
        );
    }

    private static IReadOnlyList<Difference> Compare(string before, string after)
    {
        using var one = Open(before);
        using var other = Open(after);
        return SchemaComparison.Of(
            SqliteSchemaReader.ReadSchema(one, "VersionInfo"),
            SqliteSchemaReader.ReadSchema(other, "VersionInfo"),
            SqliteNames.Comparer
        );
    }

    private static SqliteConnection Open(string sql)
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.Execute(sql);
        return connection;
    }
}
