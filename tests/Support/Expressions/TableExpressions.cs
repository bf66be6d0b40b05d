using System.Data;
using FluentMigrator;
using static Nitejar.Tests.Expressions.ExpressionCase;

namespace Nitejar.Tests.Expressions;

/// <summary>Tables, their columns and what columns are declared to be.</summary>
internal static class TableExpressions
{
    public static IReadOnlyList<ExpressionCase> All { get; } =
    [
        Reversed(
            "types",
            m =>
                m.Create.Table("t")
                    .WithColumn("a")
                    .AsAnsiString()
                    .WithColumn("b")
                    .AsAnsiString(10)
                    .WithColumn("c")
                    .AsAnsiString("NOCASE")
                    .WithColumn("d")
                    .AsBinary()
                    .WithColumn("e")
                    .AsBinary(20)
                    .WithColumn("f")
                    .AsBoolean()
                    .WithColumn("g")
                    .AsByte()
                    .WithColumn("h")
                    .AsCurrency()
                    .WithColumn("i")
                    .AsDate()
                    .WithColumn("j")
                    .AsDateTime()
                    .WithColumn("k")
                    .AsDateTime2()
                    .WithColumn("l")
                    .AsDateTimeOffset()
                    .WithColumn("m")
                    .AsDecimal()
                    .WithColumn("n")
                    .AsDecimal(9, 3)
                    .WithColumn("o")
                    .AsDouble()
                    .WithColumn("p")
                    .AsFixedLengthAnsiString(5)
                    .WithColumn("q")
                    .AsFixedLengthString(5)
                    .WithColumn("r")
                    .AsFixedLengthString(5, "NOCASE")
                    .WithColumn("s")
                    .AsFloat()
                    .WithColumn("t")
                    .AsGuid()
                    .WithColumn("u")
                    .AsInt16()
                    .WithColumn("v")
                    .AsInt32()
                    .WithColumn("w")
                    .AsInt64()
                    .WithColumn("x")
                    .AsString()
                    .WithColumn("y")
                    .AsString(100)
                    .WithColumn("z")
                    .AsString(int.MaxValue)
                    .WithColumn("aa")
                    .AsString(100, "NOCASE")
                    .WithColumn("ab")
                    .AsTime()
                    .WithColumn("ac")
                    .AsXml()
                    .WithColumn("ad")
                    .AsCustom("JSON")
        ),
        Reversed(
            "type-date-time-offset-precision",
            m => m.Create.Table("t").WithColumn("a").AsDateTimeOffset(3)
        ),
        Reversed("type-xml-size", m => m.Create.Table("t").WithColumn("a").AsXml(10)),
        Reversed(
            "identity",
            m =>
                m.Create.Table("t")
                    .WithColumn("id")
                    .AsInt64()
                    .PrimaryKey()
                    .Identity()
                    .WithColumn("a")
                    .AsString()
        ),
        Reversed(
            "identity-int",
            m =>
                m.Create.Table("t").WithColumn("id").AsInt32().NotNullable().PrimaryKey().Identity()
        ),
        Reversed(
            "identity-without-key",
            m => m.Create.Table("t").WithColumn("id").AsInt32().Identity()
        ),
        Reversed(
            "primary-key-named",
            m => m.Create.Table("t").WithColumn("id").AsGuid().PrimaryKey("pk_t")
        ),
        Reversed(
            "primary-key-of-two",
            m =>
                m.Create.Table("t")
                    .WithColumn("a")
                    .AsInt32()
                    .PrimaryKey()
                    .WithColumn("b")
                    .AsInt32()
                    .PrimaryKey()
        ),
        Reversed(
            "nullable",
            m =>
                m.Create.Table("t")
                    .WithColumn("a")
                    .AsInt32()
                    .Nullable()
                    .WithColumn("b")
                    .AsInt32()
                    .NotNullable()
        ),
        Reversed(
            "unique",
            m =>
                m.Create.Table("t")
                    .WithColumn("a")
                    .AsInt32()
                    .Unique()
                    .WithColumn("b")
                    .AsInt32()
                    .Unique("ux_b")
        ),
        Reversed(
            "indexed",
            m =>
                m.Create.Table("t")
                    .WithColumn("a")
                    .AsInt32()
                    .Indexed()
                    .WithColumn("b")
                    .AsInt32()
                    .Indexed("ix_b")
        ),
        Reversed(
            "computed",
            m =>
                m.Create.Table("t")
                    .WithColumn("a")
                    .AsInt32()
                    .WithColumn("b")
                    .AsInt32()
                    .Computed("a + 1")
        ),
        Reversed(
            "computed-stored",
            m =>
                m.Create.Table("t")
                    .WithColumn("a")
                    .AsInt32()
                    .WithColumn("b")
                    .AsInt32()
                    .Computed("a + 1", true)
        ),
        Reversed(
            "table-in-schema",
            m => m.Create.Table("t").InSchema("main").WithColumn("a").AsInt32()
        ),
        Reversed(
            "table-in-another-schema",
            m => m.Create.Table("t").InSchema("other").WithColumn("a").AsInt32()
        ),
        Reversed(
            "table-description",
            m =>
                m.Create.Table("t")
                    .WithDescription("what it is")
                    .WithColumn("a")
                    .AsInt32()
                    .WithColumnDescription("what else")
        ),
        Reversed(
            "quoted-names",
            m =>
                m.Create.Table("o'neil \"t\"")
                    .WithColumn("größe 名")
                    .AsInt32()
                    .WithColumn("select")
                    .AsInt32()
        ),
        Of(
            "default-methods",
            m =>
                m.Create.Table("t")
                    .WithColumn("id")
                    .AsInt32()
                    .WithColumn("a")
                    .AsDateTime()
                    .WithDefault(SystemMethods.CurrentDateTime)
                    .WithColumn("b")
                    .AsDateTime()
                    .WithDefault(SystemMethods.CurrentUTCDateTime),
            m => m.Delete.Table("t")
        ),
        Of(
            "default-new-guid",
            m => m.Create.Table("t").WithColumn("a").AsGuid().WithDefault(SystemMethods.NewGuid)
        ),
        Of(
            "default-current-user",
            m =>
                m.Create.Table("t")
                    .WithColumn("a")
                    .AsString()
                    .WithDefault(SystemMethods.CurrentUser)
        ),
        Of(
            "default-offset",
            m =>
                m.Create.Table("t")
                    .WithColumn("a")
                    .AsString()
                    .WithDefault(SystemMethods.CurrentDateTimeOffset)
        ),
        Of(
            "default-values",
            m =>
            {
                m.Create.Table("t")
                    .WithColumn("id")
                    .AsInt32()
                    .WithColumn("a")
                    .AsString()
                    .WithDefaultValue("it's")
                    .WithColumn("b")
                    .AsInt32()
                    .WithDefaultValue(-5)
                    .WithColumn("c")
                    .AsBoolean()
                    .WithDefaultValue(true)
                    .WithColumn("d")
                    .AsDouble()
                    .WithDefaultValue(1.5)
                    .WithColumn("e")
                    .AsDecimal()
                    .WithDefaultValue(1.25m)
                    .WithColumn("f")
                    .AsDateTime()
                    .WithDefaultValue(new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc))
                    .WithColumn("g")
                    .AsGuid()
                    .WithDefaultValue(Guid.Empty)
                    .WithColumn("h")
                    .AsBinary()
                    .WithDefaultValue(new byte[] { 1, 255 })
                    .WithColumn("i")
                    .AsString()
                    .WithDefaultValue(null)
                    .WithColumn("j")
                    .AsString()
                    .WithDefaultValue(RawSql.Insert("(upper('x'))"))
                    .WithColumn("k")
                    .AsString()
                    .WithDefaultValue(DayOfWeek.Friday);
                m.Insert.IntoTable("t").Row(new { id = 1 });
            },
            m => m.Delete.Table("t")
        ),
        Reversed(
            "foreign-key-inline-automatic",
            m => m.Create.Table("t").WithColumn("p").AsInt32().ForeignKey("parent", "id")
        ),
        Of(
            "foreign-key-inline",
            m =>
                m.Create.Table("t")
                    .WithColumn("p")
                    .AsInt32()
                    .ForeignKey("fk_t", "parent", "id")
                    .OnDelete(Rule.Cascade)
                    .OnUpdate(Rule.SetNull),
            m => m.Delete.Table("t")
        ),
        Of(
            "foreign-key-inline-of-two",
            m =>
                m.Create.Table("t")
                    .WithColumn("p")
                    .AsInt32()
                    .Nullable()
                    .ForeignKey("parent", "id")
                    .OnDeleteOrUpdate(Rule.SetDefault)
                    .WithColumn("c")
                    .AsInt32()
                    .Nullable()
                    .ForeignKey("child", "id"),
            m => m.Delete.Table("t")
        ),
        Of(
            "foreign-key-referenced-by",
            m =>
                m.Create.Table("t")
                    .WithColumn("id")
                    .AsInt32()
                    .PrimaryKey()
                    .ReferencedBy("child", "parent_id")
        ),
        Of(
            "foreign-key-alone",
            m =>
                m.Create.ForeignKey("fk_c")
                    .FromTable("child")
                    .ForeignColumn("parent_id")
                    .ToTable("parent")
                    .PrimaryColumn("id")
        ),
        Of("foreign-key-deleted", m => m.Delete.ForeignKey("fk_c").OnTable("child")),
        Of(
            "foreign-key-deleted-by-columns",
            m =>
                m.Delete.ForeignKey()
                    .FromTable("child")
                    .ForeignColumn("parent_id")
                    .ToTable("parent")
                    .PrimaryColumn("id")
        ),
    ];
}
