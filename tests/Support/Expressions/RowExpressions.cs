using FluentMigrator;
using FluentMigrator.Model;
using static Nitejar.Tests.Expressions.ExpressionCase;

namespace Nitejar.Tests.Expressions;

/// <summary>Rows as anonymous types, as classes, as dictionaries and as SQL, in Up and in Down.</summary>
internal static class RowExpressions
{
    public static IReadOnlyList<ExpressionCase> All { get; } =
    [
        Of(
            "insert-anonymous",
            m =>
                m.Insert.IntoTable("parent")
                    .Row(
                        new
                        {
                            id = 10,
                            code = "c",
                            note = "it's",
                        }
                    )
                    .Row(new { code = "d", id = 11 }),
            m => m.Delete.FromTable("parent").Row(new { id = 10 }).Row(new { id = 11, code = "d" })
        ),
        Reversed(
            "insert-reversed",
            m =>
                m.Insert.IntoTable("parent")
                    .Row(
                        new
                        {
                            id = 12,
                            note = "back",
                            code = (string?)null,
                        }
                    )
        ),
        Of(
            "insert-rows",
            m =>
                m.Insert.IntoTable("parent")
                    .Rows(new { id = 10, code = "c" }, new { id = 11, note = "n" }),
            m => m.Delete.FromTable("parent").Row(new { id = 10 }).Row(new { id = 11 })
        ),
        Of(
            "insert-types",
            m =>
            {
                m.Create.Table("v")
                    .WithColumn("n")
                    .AsString()
                    .WithColumn("v")
                    .AsCustom("BLOB")
                    .Nullable();
                m.Insert.IntoTable("v")
                    .Row(new { n = "null", v = (object?)null })
                    .Row(new { n = "dbnull", v = (object)DBNull.Value })
                    .Row(new { n = "text", v = "a\nb" })
                    .Row(new { n = "ansi", v = new NonUnicodeString("ansi") })
                    .Row(new { n = "char", v = 'x' })
                    .Row(new { n = "bool", v = true })
                    .Row(new { n = "guid", v = new Guid("01234567-89ab-cdef-0123-456789abcdef") })
                    .Row(
                        new
                        {
                            n = "time",
                            v = new DateTime(2024, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc),
                        }
                    )
                    .Row(
                        new
                        {
                            n = "offset",
                            v = new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)),
                        }
                    )
                    .Row(new { n = "span", v = new TimeSpan(1, 2, 3) })
                    .Row(new { n = "double", v = 1.5e300 })
                    .Row(new { n = "float", v = 0.1f })
                    .Row(new { n = "decimal", v = 12345.6789m })
                    .Row(new { n = "int", v = int.MinValue })
                    .Row(new { n = "long", v = long.MaxValue })
                    .Row(new { n = "short", v = (short)-3 })
                    .Row(new { n = "byte", v = (byte)255 })
                    .Row(new { n = "bytes", v = new byte[] { 0, 1, 255 } })
                    .Row(new { n = "enum", v = DayOfWeek.Friday })
                    .Row(new { n = "raw", v = RawSql.Insert("1 + 2") })
                    .Row(new { n = "method", v = RawSql.Insert("date('2024-01-02')") })
                    .Row(new { n = "nullable", v = (int?)5 });
            },
            m => m.Delete.Table("v")
        ),
        Of(
            "insert-class",
            m =>
                m.Insert.IntoTable("parent")
                    .Row(
                        new ParentRow
                        {
                            id = 20,
                            code = "class",
                            note = "n",
                        }
                    ),
            m => m.Delete.FromTable("parent").Row(new ParentKey(20))
        ),
        Of(
            "insert-list",
            m =>
            {
                foreach (
                    var row in new[] { new { id = 30, code = "l" }, new { id = 31, code = "m" } }
                )
                {
                    m.Insert.IntoTable("parent").Row(row);
                }
            },
            m => m.Delete.FromTable("parent").Row(new { code = "l" }).Row(new { code = "m" })
        ),
        Of(
            "insert-dictionary",
            m =>
                m.Insert.IntoTable("parent")
                    .Row(new Dictionary<string, object> { ["id"] = 40, ["code"] = "dict" }),
            m => m.Delete.FromTable("parent").Row(new Dictionary<string, object> { ["id"] = 40 })
        ),
        Of(
            "insert-in-schema",
            m => m.Insert.IntoTable("parent").InSchema("main").Row(new { id = 50, code = "s" })
        ),
        Of("insert-nothing", m => m.Insert.IntoTable("parent").Row(new { })),
        Of("insert-no-row", m => m.Insert.IntoTable("parent")),
        Of(
            "update-anonymous",
            m =>
                m.Update.Table("parent")
                    .Set(new { note = "set", code = "z" })
                    .Where(new { id = 1 }),
            m =>
                m.Update.Table("parent")
                    .Set(new { note = "one", code = "a" })
                    .Where(new { id = 1, note = "set" })
        ),
        Of(
            "update-all",
            m => m.Update.Table("child").Set(new { amount = 1.5m, note = (string?)null }).AllRows(),
            m => m.Update.Table("child").Set(new { amount = 2 }).AllRows()
        ),
        Of(
            "update-where-null",
            m =>
                m.Update.Table("parent")
                    .Set(new { note = "was null" })
                    .Where(new { note = (string?)null })
        ),
        Of(
            "update-where-dbnull",
            m =>
                m.Update.Table("parent")
                    .Set(new { note = "was null" })
                    .Where(new { note = DBNull.Value })
        ),
        Of("update-sql", m => m.Update.Table("parent").Set("note = upper(code)").Where("id > 1")),
        Of(
            "update-raw",
            m =>
                m.Update.Table("parent")
                    .Set(new { note = RawSql.Insert("code || '!'") })
                    .Where(new { id = RawSql.Insert("= 2") })
        ),
        Of(
            "update-dictionary",
            m =>
                m.Update.Table("parent")
                    .Set(new Dictionary<string, object> { ["note"] = "d" })
                    .Where(new Dictionary<string, object> { ["id"] = 2 })
        ),
        Of("update-without-condition", m => m.Update.Table("parent").Set(new { note = "d" })),
        Of("update-nothing", m => m.Update.Table("parent").Set(new { }).AllRows()),
        Of(
            "update-where-nothing",
            m => m.Update.Table("parent").Set(new { note = "d" }).Where(new { })
        ),
        Of(
            "update-in-schema",
            m =>
                m.Update.Table("parent")
                    .InSchema("main")
                    .Set(new { note = "s" })
                    .Where(new { id = 1 })
        ),
        Of(
            "delete-anonymous",
            m => m.Delete.FromTable("child").Row(new { parent_id = 1, amount = 10 }),
            m =>
                m.Insert.IntoTable("child")
                    .Row(
                        new
                        {
                            id = 1,
                            parent_id = 1,
                            amount = 10,
                        }
                    )
        ),
        Of("delete-cascades", m => m.Delete.FromTable("parent").Row(new { id = 1 })),
        Of("delete-all", m => m.Delete.FromTable("child").AllRows()),
        Of("delete-null", m => m.Delete.FromTable("parent").IsNull("note")),
        Of(
            "delete-where-null",
            m => m.Delete.FromTable("parent").Row(new { note = (string?)null, id = 2 })
        ),
        Of("delete-raw", m => m.Delete.FromTable("child").Row(RawSql.Insert("amount > 15"))),
        Of("delete-text", m => m.Delete.FromTable("child").Row("amount > 15")),
        Of("delete-nothing", m => m.Delete.FromTable("child").Row(new { })),
        Of(
            "delete-in-schema",
            m => m.Delete.FromTable("child").InSchema("main").Row(new { id = 1 })
        ),
    ];

    private const int NoNote = 0;

#pragma warning disable IDE1006, CA1812 // the names of columns, which are read by reflection
    internal class Keyed
    {
        public int id { get; set; } = NoNote;
    }

    internal sealed class ParentRow : Keyed
    {
        public string? code { get; set; }

        public string? note { get; set; }
    }

    internal sealed record ParentKey(int id);
#pragma warning restore IDE1006, CA1812
}
