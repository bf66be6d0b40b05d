using FluentMigrator;
using FluentMigrator.Runner.Constraints;

namespace Nitejar.Migrations.Chains;

/// <summary>An attribute whose version is known at run time only.</summary>
internal sealed class NumberedAttribute(int year, int number, params string[] tables)
    : MigrationAttribute(year * 1000L + number, $"makes {string.Join(" and ", tables)}")
{
    /// <summary>Who wrote the class.</summary>
    public string Author { get; set; } = "";
}

[Migration(1)]
public sealed class Plain : AutoReversingMigration
{
    public override void Up() => Create.Table("plain").WithColumn("id").AsInt32();
}

[TimestampedMigration(2024, 1, 2, 3, 4, TransactionBehavior.Default, "at a minute")]
public sealed class Timestamped : AutoReversingMigration
{
    public override void Up() => Create.Table("timestamped").WithColumn("id").AsInt32();
}

[Numbered(2024, 7, "first", "second", Author = "Eve")]
internal sealed class Numbered : AutoReversingMigration
{
    public override void Up()
    {
        Create.Table("first").WithColumn("id").AsInt32();
        Create.Table("second").WithColumn("id").AsInt32();
    }
}

internal static class Outer
{
    [Numbered(2024, 8)]
    internal sealed class Nested(string table = "nested") : AutoReversingMigration
    {
        public override void Up() => Create.Table(table).WithColumn("id").AsInt32();
    }
}

internal sealed class RegionAttribute(string region)
    : TagsAttribute(TagBehavior.RequireAny, "eu", region);

[Migration(20250102030405), Region("ch")]
public sealed class Tagged : AutoReversingMigration
{
    public override void Up() => Create.Table("tagged").WithColumn("id").AsInt32();
}

internal sealed class HoldsAttribute(bool holds) : MigrationConstraintAttribute(_ => holds);

[Migration(20250203040506), Holds(true)]
public sealed class Constrained : AutoReversingMigration
{
    public override void Up() => Create.Table("constrained").WithColumn("id").AsInt32();
}

[Migration(20250304050607), Holds(false)]
public sealed class Held : AutoReversingMigration
{
    public override void Up() => Create.Table("held").WithColumn("id").AsInt32();
}

[Migration(20250405060708, BreakingChange = true)]
public sealed class Breaking : AutoReversingMigration
{
    public override void Up() => Create.Table("breaking").WithColumn("id").AsInt32();
}
