using FluentMigrator;

namespace Shop.Migrations;

/// <summary>An example; replace it by your own.</summary>
[Migration(20240101000000)]
public sealed class FirstTable : AutoReversingMigration
{
    /// <inheritdoc />
    public override void Up() =>
        Create
            .Table("items")
            .WithColumn("id")
            .AsInt64()
            .PrimaryKey()
            .Identity()
            .WithColumn("name")
            .AsString()
            .NotNullable();
}
