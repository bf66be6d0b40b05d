using FluentMigrator;

namespace Nitejar.Migrations;

/// <summary>Compiled into a copy of the sources only: the migration without a transaction that the program itself does not have.</summary>
[Migration(20990101000000, TransactionBehavior.None)]
public sealed class Alone : Migration
{
    /// <inheritdoc />
    public override void Up()
    {
        Execute.Sql("CREATE TABLE alone (id INTEGER PRIMARY KEY, name TEXT)");
        Execute.Sql("INSERT INTO alone (name) VALUES ('one'), ('two')");
        Execute.Sql("VACUUM");
        Execute.Sql("CREATE INDEX idx_alone_name ON alone (name)");
    }

    /// <inheritdoc />
    public override void Down()
    {
        Execute.Sql("DROP INDEX idx_alone_name");
        Execute.Sql("DROP TABLE alone");
    }
}
