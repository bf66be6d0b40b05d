using FluentMigrator;

namespace Nitejar.Migrations;

/// <summary>Compiled into a copy of the sources only: a breaking change, with rows of anonymous types and a Down that cannot work.</summary>
[Migration(20990111000000, BreakingChange = true)]
public sealed class Asking : Migration
{
    private const string Table = "kept_from_breaking";

    /// <inheritdoc />
    public override void Up()
    {
        Create.Table(Table).WithColumn("id").AsInt32().PrimaryKey().WithColumn("name").AsString();
        Insert.IntoTable(Table).Row(new { id = 1, name = "Ada" }).Row(new { id = 2, name = "Bob" });
    }

    /// <inheritdoc />
    public override void Down()
    {
        Delete.FromTable(Table).Row(new Dictionary<string, object>());
        Delete.Table(Table);
    }
}
