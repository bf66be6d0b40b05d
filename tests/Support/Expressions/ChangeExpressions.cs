using FluentMigrator;
using static Nitejar.Tests.Expressions.ExpressionCase;

namespace Nitejar.Tests.Expressions;

/// <summary>Columns, indexes and constraints of tables that exist, names, and what SQLite does not have.</summary>
internal static class ChangeExpressions
{
    public static IReadOnlyList<ExpressionCase> All { get; } =
    [
        Reversed("column", m => m.Create.Column("extra").OnTable("parent").AsString(20).Nullable()),
        Reversed(
            "column-not-null-with-default",
            m =>
                m.Create.Column("extra")
                    .OnTable("parent")
                    .AsInt32()
                    .NotNullable()
                    .WithDefaultValue(7)
        ),
        Of(
            "column-not-null-without-default",
            m => m.Create.Column("extra").OnTable("parent").AsInt32().NotNullable()
        ),
        Reversed(
            "column-unique",
            m => m.Create.Column("extra").OnTable("parent").AsInt32().Nullable().Unique()
        ),
        Reversed(
            "column-indexed",
            m => m.Create.Column("extra").OnTable("parent").AsInt32().Nullable().Indexed("ix_extra")
        ),
        Of(
            "column-existing-rows",
            m =>
                m.Create.Column("extra")
                    .OnTable("parent")
                    .AsInt32()
                    .Nullable()
                    .SetExistingRowsTo(3),
            m => m.Delete.Column("extra").FromTable("parent")
        ),
        Of(
            "column-existing-rows-not-null",
            m =>
                m.Create.Column("extra")
                    .OnTable("parent")
                    .AsInt32()
                    .SetExistingRowsTo(3)
                    .NotNullable()
        ),
        Of(
            "column-in-schema",
            m => m.Create.Column("extra").OnTable("parent").InSchema("main").AsInt32().Nullable()
        ),
        Of(
            "column-foreign-key",
            m =>
                m.Create.Column("extra")
                    .OnTable("child")
                    .AsInt32()
                    .Nullable()
                    .ForeignKey("parent", "id")
        ),
        Of(
            "alter-table-add",
            m =>
                m.Alter.Table("parent")
                    .AddColumn("extra")
                    .AsInt32()
                    .Nullable()
                    .AddColumn("more")
                    .AsString()
                    .WithDefaultValue("m"),
            m => m.Delete.Column("extra").Column("more").FromTable("parent")
        ),
        Of(
            "alter-table-add-existing-rows",
            m =>
                m.Alter.Table("parent").AddColumn("extra").AsInt32().Nullable().SetExistingRowsTo(9)
        ),
        Of("alter-table-alter", m => m.Alter.Table("parent").AlterColumn("note").AsString(10)),
        Of("alter-column", m => m.Alter.Column("note").OnTable("parent").AsString(10)),
        Of("alter-table-description", m => m.Alter.Table("parent").WithDescription("what it is")),
        Of("alter-table-to-schema", m => m.Alter.Table("parent").ToSchema("other")),
        Of(
            "delete-column",
            m => m.Delete.Column("note").FromTable("parent"),
            m => m.Create.Column("note").OnTable("parent").AsString().Nullable()
        ),
        Of("delete-column-indexed", m => m.Delete.Column("note").FromTable("child")),
        Of("delete-table", m => m.Delete.Table("child")),
        Of(
            "delete-table-if-exists",
            m =>
            {
                m.Delete.Table("child").IfExists();
                m.Delete.Table("nothing").IfExists();
            }
        ),
        Of("delete-table-missing", m => m.Delete.Table("nothing")),
        Of("delete-table-in-schema", m => m.Delete.Table("child").InSchema("main")),
        // Only FluentMigrator's validation refuses it, by an attribute: there is no SQL.
        Of("alter-nothing", m => m.Alter.Table("")),
        Reversed("rename-table", m => m.Rename.Table("child").To("kid")),
        Reversed("rename-column", m => m.Rename.Column("note").OnTable("child").To("remark")),
        Of(
            "rename-in-schema",
            m => m.Rename.Column("note").OnTable("child").InSchema("main").To("remark")
        ),
        Reversed(
            "index",
            m =>
                m.Create.Index("ix_amount")
                    .OnTable("child")
                    .OnColumn("amount")
                    .Descending()
                    .OnColumn("note")
                    .Ascending()
        ),
        Reversed(
            "index-unnamed",
            m => m.Create.Index().OnTable("child").OnColumn("amount").Ascending()
        ),
        Reversed(
            "index-unique",
            m => m.Create.Index("ux_amount").OnTable("child").OnColumn("amount").Unique()
        ),
        Reversed(
            "index-unique-option",
            m =>
                m.Create.Index("ux_amount")
                    .OnTable("child")
                    .OnColumn("amount")
                    .Ascending()
                    .WithOptions()
                    .Unique()
        ),
        Of(
            "index-clustered",
            m =>
                m.Create.Index("ix_amount")
                    .OnTable("child")
                    .OnColumn("amount")
                    .Ascending()
                    .WithOptions()
                    .Clustered()
        ),
        Of(
            "index-not-clustered",
            m =>
                m.Create.Index("ix_amount")
                    .OnTable("child")
                    .OnColumn("amount")
                    .Ascending()
                    .WithOptions()
                    .NonClustered()
        ),
        Of(
            "index-in-schema",
            m =>
                m.Create.Index("ix_amount")
                    .OnTable("child")
                    .InSchema("main")
                    .OnColumn("amount")
                    .Ascending()
        ),
        Of(
            "delete-index",
            m => m.Delete.Index("ix_child_note").OnTable("child"),
            m => m.Create.Index("ix_child_note").OnTable("child").OnColumn("note").Ascending()
        ),
        Of(
            "delete-index-by-column",
            m =>
            {
                m.Create.Index().OnTable("child").OnColumn("amount").Ascending();
                m.Delete.Index().OnTable("child").OnColumn("amount");
            }
        ),
        Reversed(
            "unique-constraint",
            m => m.Create.UniqueConstraint("uc_amount").OnTable("child").Columns("amount", "note")
        ),
        Reversed(
            "unique-constraint-unnamed",
            m => m.Create.UniqueConstraint().OnTable("child").Column("amount")
        ),
        Of(
            "delete-unique-constraint",
            m => m.Delete.UniqueConstraint("uc_parent_code").FromTable("parent")
        ),
        Of("primary-key", m => m.Create.PrimaryKey("pk_x").OnTable("child").Column("amount")),
        Of("delete-primary-key", m => m.Delete.PrimaryKey("pk_x").FromTable("child")),
        Of(
            "delete-default-constraint",
            m => m.Delete.DefaultConstraint().OnTable("child").OnColumn("note")
        ),
        Of("schema", m => m.Create.Schema("s")),
        Of("delete-schema", m => m.Delete.Schema("s")),
        Of("sequence", m => m.Create.Sequence("s").StartWith(5).IncrementBy(2).Cycle()),
        Of("delete-sequence", m => m.Delete.Sequence("s")),
    ];
}
