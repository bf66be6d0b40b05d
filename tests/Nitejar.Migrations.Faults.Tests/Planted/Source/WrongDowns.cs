using FluentMigrator;

namespace Nitejar.Migrations;

/// <summary>Compiled into a copy of the sources only, as the class below: what `verify` has to find.</summary>
[Migration(20990121000000)]
public sealed class KeepsIndex : Migration
{
    /// <inheritdoc />
    public override void Up() =>
        Execute.Sql("CREATE INDEX IF NOT EXISTS idx_agents_status ON agents (status)");

    /// <inheritdoc />
    public override void Down() => Execute.Sql("SELECT 1");
}

/// <summary>Its Down changes what its Up has left alone.</summary>
[Migration(20990122000000)]
public sealed class ChangesValue : Migration
{
    /// <inheritdoc />
    public override void Up() => Execute.Sql("ALTER TABLE agents ADD COLUMN note TEXT");

    /// <inheritdoc />
    public override void Down()
    {
        Execute.Sql("ALTER TABLE agents DROP COLUMN note");
        Execute.Sql("UPDATE agents SET status = status || '!'");
    }
}
