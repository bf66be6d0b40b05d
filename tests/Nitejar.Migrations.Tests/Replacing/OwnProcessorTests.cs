using FluentMigrator;
using FluentMigrator.Expressions;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Generators.SQLite;
using FluentMigrator.Runner.Initialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Sqlite;
using Nitejar.Migrations.Tests.Rebuilding;

namespace Nitejar.Migrations.Tests.Replacing;

/// <summary>An application whose FluentMigrator has a processor, a generator or a type map of its own brings it, as docs/hosting.md says.</summary>
public sealed class OwnProcessorTests : RebuildTests
{
    private static readonly SqliteOptions s_options = new()
    {
        TypeMap = new OwnTypes(),
        Replace = static expression =>
            expression is AlterColumnExpression
                ? new PerformDBOperationExpression
                {
                    Description = expression.ToString(),
                    Operation = (connection, transaction) =>
                        expression.ExecuteWith(new OwnProcessor(connection, transaction)),
                }
                : expression,
    };

    protected override SqliteDriver Driver => new(s_options);

    [Test]
    public void It_makes_what_FluentMigrator_makes_with_it()
    {
        Stock();
        var stock = Dump();
        Assert.That(stock, Does.Contain("id INT4, count OWN, name CHAR(36)").And.Contain("1|7|x"));

        File.Delete(DatabaseFile);
        Succeed(new UpRequest(), Known(1, Alters.Item, _ => { }));

        Assert.That(Dump(), Is.EqualTo(stock));
        Assert.That(
            Query("SELECT UpSql FROM VersionJournal")[0],
            Does.Contain("-- code: AlterColumn item count Int64")
        );
    }

    /// <summary>What the application does is not left out, in whatever mode.</summary>
    [Test]
    public void SQL_of_its_own_is_what_the_migration_consists_of()
    {
        var loose = s_options with { Compatibility = CompatibilityMode.LOOSE };
        var own = loose with
        {
            Replace = static _ => new ExecuteSqlStatementExpression
            {
                SqlStatement = "DROP TABLE item",
            },
        };

        Assert.That(Script(loose), Does.Contain("-- Left out: "));
        Assert.That(
            Script(own),
            Does.Contain("\nDROP TABLE item;\n").And.Not.Contain("-- Left out: ")
        );
    }

    private static string Script(SqliteOptions options) =>
        new MigrationScripter(
            new MigrationCatalog([
                Known(1, m => m.Delete.ForeignKey("fk").OnTable("item"), _ => { }),
            ]),
            new SqliteDriver(options)
        ).Write(new ScriptRange(Direction.Up, From: null, To: null));

    private void Stock()
    {
        using var services = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(builder =>
                builder
                    .AddSQLite()
                    .WithGlobalConnectionString($"Data Source={DatabaseFile};Pooling=False")
                    .Services.AddScoped<ISQLiteTypeMap, OwnTypes>()
                    .Replace(
                        ServiceDescriptor.Scoped<IMigrationProcessor>(given => new OwnProcessor(
                            given.GetRequiredService<IConnectionStringAccessor>()
                        ))
                    )
            )
            .BuildServiceProvider();
        using var scope = services.CreateScope();
        scope.ServiceProvider.GetRequiredService<IMigrationRunner>().Up(new Alters());
    }

    private sealed class Alters : ForwardOnlyMigration
    {
        public override void Up() => Item(this);

        public static void Item(Migration migration)
        {
            migration
                .Create.Table("item")
                .WithColumn("id")
                .AsInt32()
                .WithColumn("count")
                .AsInt32()
                .WithColumn("name")
                .AsString();
            migration
                .Insert.IntoTable("item")
                .Row(
                    new
                    {
                        id = 1,
                        count = 7,
                        name = "x",
                    }
                );
            migration.Alter.Column("count").OnTable("item").AsInt64();
            // It reads what the one before it has made.
            migration.Alter.Column("name").OnTable("item").AsGuid();
        }
    }
}
