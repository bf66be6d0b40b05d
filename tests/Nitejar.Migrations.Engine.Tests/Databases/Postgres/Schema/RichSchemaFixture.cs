using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;
using Index = Nitejar.Migrations.Engine.Schemas.Tables.Index;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Schema;

/// <summary>A schema with something of each kind.</summary>
public abstract class RichSchemaFixture : PostgresSchemaFixture
{
    protected DatabaseSchema Schema { get; private set; } = null!;

    protected Table Parent => Table("Parent \"table\"");

    [SetUp]
    public void ReadRichSchema()
    {
        Database.Psql(RichSchema.Sql);
        Schema = Tables.ReadSchema();
    }

    protected Table Table(string name) => Schema.Tables.Single(table => table.Name.Name == name);

    protected static Column Column(Table table, string name) =>
        table.Columns.Single(column => column.Name == name);
}
