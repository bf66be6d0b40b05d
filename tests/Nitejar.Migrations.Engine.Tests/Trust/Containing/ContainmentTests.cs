using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Engine.Trust.Containing;
using Nitejar.Migrations.Engine.Trust.Containing.Points;
using Index = Nitejar.Migrations.Engine.Schemas.Tables.Index;

namespace Nitejar.Migrations.Engine.Tests.Trust.Containing;

/// <summary>Cells of the rule that SQLite cannot make: they are judged by the model, whatever reader has filled it.</summary>
public sealed class ContainmentTests
{
    private static readonly ColumnType Integer = new("integer", TypeFamily.Integral) { Bytes = 4 };
    private static readonly ColumnType Text = new("text", TypeFamily.Text);

    /// <summary>What there is on the other side, and the points that come of it.</summary>
    private static readonly TestCaseData[] Cells =
    [
        Case("the same", Table),
        Case("a wider integer", WithType(new("bigint", TypeFamily.Integral) { Bytes = 8 })),
        Case(
            "a narrower integer",
            WithType(new("smallint", TypeFamily.Integral) { Bytes = 2 }),
            "Note column t.number"
        ),
        Case("varchar without a length", WithText(new("varchar", TypeFamily.Text))),
        Case(
            "varchar with a length",
            WithText(new("varchar(255)", TypeFamily.Text) { Length = 255 }),
            "Refusal column t.name"
        ),
        Case("numeric", WithType(new("numeric", TypeFamily.Numeric)), "Refusal column t.number"),
        Case(
            "an invalid unique index",
            Table with
            {
                Indexes = [Unique with { IsValid = false }],
            },
            "Refusal unique t(name)"
        ),
        Case(
            "a unique constraint in place of the index",
            Table with
            {
                Indexes = [],
                Uniques = [NameKey],
            }
        ),
        Case(
            "a deferrable unique constraint",
            Table with
            {
                Indexes = [],
                Uniques = [NameKey with { Deferral = Deferral.InitiallyImmediate }],
            },
            "Refusal unique t(name)"
        ),
        Case(
            "a foreign key that is not valid",
            Table with
            {
                ForeignKeys = [Parent with { IsValidated = false }],
            },
            "Note foreign key t(number)"
        ),
        Case(
            "a foreign key that is checked at the end",
            Table with
            {
                ForeignKeys = [Parent with { Deferral = Deferral.InitiallyDeferred }],
            },
            "Note foreign key t(number)"
        ),
        Case(
            "no column",
            Table with
            {
                Columns = [Table.Columns[0]],
                Indexes = [],
            },
            "Refusal column t.name"
        ),
    ];

    private static Key NameKey => new(null, [IndexPart.Of("name")], ConflictRule.Abort);

    private static Index Unique => new("idx_t_name", [IndexPart.Of("name")], IsUnique: true, "");

    private static ForeignKey Parent =>
        new(["number"], new ObjectName("public", "parents"), ["id"])
        {
            OnDelete = ReferentialAction.Cascade,
        };

    private static Table Table =>
        new(
            new ObjectName("public", "t"),
            TableTraits.Ordinary,
            [
                new Column("number", Integer, IsNullable: true),
                new Column("name", Text, IsNullable: true),
            ],
            ""
        )
        {
            ForeignKeys = [Parent],
            Indexes = [Unique],
        };

    [TestCaseSource(nameof(Cells))]
    public void A_cell_of_the_rule(Table found, string[] points) =>
        Assert.That(
            Judge(Table, found).Select(point => $"{point.Level} {point.Subject}"),
            Is.EqualTo(
                points.Select(point => point.Replace(" t", " public.t", StringComparison.Ordinal))
            )
        );

    [Test]
    public void What_guarantees_more_is_asked_to_guarantee_as_much()
    {
        var deferred = Table with
        {
            ForeignKeys = [Parent with { Deferral = Deferral.InitiallyDeferred }],
        };

        Assert.That(
            Judge(deferred, Table).Select(point => point.Level),
            Is.EqualTo([PointLevel.Refusal]),
            "what may wait for its parent must be allowed to"
        );
        Assert.That(
            Judge(Table with { Columns = [WithLength(255), Table.Columns[1]] }, Table),
            Is.Empty,
            "any length is at least as long"
        );
    }

    private static IReadOnlyList<ContainmentPoint> Judge(Table expected, Table found) =>
        Containment.Of(
            new DatabaseSchema([expected], [], []),
            new DatabaseSchema([found], [], []),
            StringComparer.Ordinal,
            new NoContent()
        );

    private static Column WithLength(int characters) =>
        new("number", Integer with { Bytes = 4, Length = characters }, IsNullable: true);

    private static Table WithType(ColumnType type) =>
        Table with
        {
            Columns = [new Column("number", type, IsNullable: true), Table.Columns[1]],
        };

    private static Table WithText(ColumnType type) =>
        Table with
        {
            Columns = [Table.Columns[0], new Column("name", type, IsNullable: true)],
        };

    private static TestCaseData Case(string cell, Table found, params string[] points) =>
        new TestCaseData(found, points).SetArgDisplayNames(cell);

    /// <summary>A database without rows and without defaults.</summary>
    private sealed class NoContent : IFoundContent
    {
        public bool HoldsNull(Table table, string column) => false;

        public bool HoldsRowWithoutParent(Table table, ForeignKey key) => false;

        public (object One, object Other)? Evaluate(SqlText one, SqlText other) => null;
    }
}
