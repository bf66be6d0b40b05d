using System.Data;
using FluentMigrator;
using FluentMigrator.Postgres;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Postgres.Connections;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Generating;

/// <summary>What FluentMigrator writes rightly stays as it is, and what it does not the server takes as the class means it.</summary>
public sealed class GeneratedSchemaTests
{
    private ThrowawayDatabase _database = null!;

    [SetUp]
    public void MakeDatabase() => _database = EmptyDatabases.Take();

    [TearDown]
    public void DropDatabase() => _database.Dispose();

    [Test]
    public void Is_that_of_the_stock_runner_where_that_is_right()
    {
        var catalog = Catalog(Right);
        using var stock = EmptyDatabases.Take();

        StockRunner.Up(stock, catalog);
        Up(catalog);

        Assert.That(DumpOf(_database), Is.EqualTo(DumpOf(stock)));
    }

    [Test]
    public void Has_the_values_of_the_class()
    {
        Up(
            Catalog(m =>
            {
                m.Create.Table("t")
                    .WithColumn("a")
                    .AsDateTime()
                    .WithColumn("b")
                    .AsDateTimeOffset(3)
                    .WithColumn("c")
                    .AsCustom("interval")
                    .WithColumn("d")
                    .AsDouble()
                    .WithColumn("e")
                    .AsString(9, "C")
                    .WithColumn("f")
                    .AsInt32()
                    .WithDefaultValue(DayOfWeek.Friday)
                    .WithColumn("g")
                    .AsGuid()
                    .WithDefault(SystemMethods.NewGuid);
                m.Insert.IntoTable("t")
                    .Row(
                        new
                        {
                            a = new DateTime(2024, 1, 2, 3, 4, 5, 678),
                            b = new DateTimeOffset(2024, 1, 2, 3, 4, 5, 678, TimeSpan.Zero),
                            c = new TimeSpan(1, 2, 3, 4),
                            d = double.NegativeInfinity,
                            e = '\'',
                        }
                    );
            })
        );

        Assert.That(
            _database.Psql("SET TimeZone = 'UTC'; SELECT a, b, c, d, e, f, length(g::text) FROM t"),
            Is.EqualTo(
                "2024-01-02 03:04:05.678|2024-01-02 03:04:05.678+00|26:03:04|-Infinity|'|5|36"
            )
        );
    }

    [Test]
    public void Goes_on_counting_behind_values_that_are_given_to_an_identity()
    {
        Up(
            Catalog(m =>
            {
                m.Create.Table("T")
                    .WithColumn("Id")
                    .AsInt64()
                    .PrimaryKey()
                    .Identity()
                    .WithColumn("n")
                    .AsInt32();
                m.Insert.IntoTable("T")
                    .WithOverridingSystemValue()
                    .Row(new { Id = 7, n = 100 })
                    .Row(new { Id = 3, n = 1 });
                m.Insert.IntoTable("T").Row(new { n = 2 });
                m.Insert.IntoTable("T").WithOverridingSystemValue().Row(new { Id = 5, n = 3 });
                m.Insert.IntoTable("T").Row(new { n = 4 });
            })
        );

        Assert.That(
            _database.Psql("SELECT \"Id\" FROM \"T\" ORDER BY n"),
            Is.EqualTo("3\n8\n5\n9\n7")
        );
    }

    [Test]
    public void Has_every_comment()
    {
        Up(
            Catalog(m =>
            {
                m.Create.Table("t")
                    .WithDescription("it's a table")
                    .WithColumn("a")
                    .AsInt32()
                    .WithColumnDescription("one");
                m.Alter.Column("a").OnTable("t").AsInt64().WithColumnDescription("another");
            })
        );

        Assert.That(
            _database.Psql(
                "SELECT obj_description('t'::regclass), col_description('t'::regclass, 1)"
            ),
            Is.EqualTo("it's a table|Description:another")
        );
    }

    /// <summary>Cases whose SQL FluentMigrator writes as the server takes it.</summary>
    private static void Right(Migration m)
    {
        m.Create.Table("types")
            .WithColumn("text")
            .AsString()
            .WithColumn("varchar")
            .AsString(10)
            .Nullable()
            .WithColumn("bool")
            .AsBoolean()
            .WithDefaultValue(true)
            .WithColumn("bytes")
            .AsBinary()
            .WithDefaultValue(new byte[] { 1, 255 })
            .WithColumn("stamp")
            .AsDateTime()
            .WithDefault(SystemMethods.CurrentUTCDateTime)
            .WithColumn("zoned")
            .AsDateTimeOffset()
            .WithDefaultValue(new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)))
            .WithColumn("decimal")
            .AsDecimal(10, 2)
            .WithDefaultValue(1.5m)
            .WithColumn("json")
            .AsCustom("jsonb")
            .Nullable()
            .WithColumn("name")
            .AsString()
            .WithDefaultValue(DayOfWeek.Friday)
            .WithColumn("collated")
            .AsString(5, "ucs_basic")
            .WithColumn("doubled")
            .AsInt32()
            .Computed("length(text) * 2");
        m.Create.Table("we\"ird Näme").WithColumn("select").AsInt64().PrimaryKey().Identity();
        m.Create.Column("parent").OnTable("types").AsInt64().Nullable().Unique();
        m.Create.ForeignKey("fk")
            .FromTable("types")
            .ForeignColumn("parent")
            .ToTable("we\"ird Näme")
            .PrimaryColumn("select")
            .OnDelete(Rule.SetNull);
        m.Alter.Column("varchar").OnTable("types").AsString(20).NotNullable().WithDefaultValue("x");
        m.Create.Index("i")
            .OnTable("types")
            .OnColumn("text")
            .Ascending()
            .NullsFirst()
            .OnColumn("bool")
            .Descending()
            .WithOptions()
            .Unique();
        m.Create.Index("included").OnTable("types").OnColumn("text").Ascending().Include("bool");
        m.Create.Index("filled")
            .OnTable("types")
            .OnColumn("decimal")
            .Ascending()
            .WithOptions()
            .UsingBTree()
            .Fillfactor(70);
        m.Create.Index("gin")
            .OnTable("types")
            .OnColumn("json")
            .Ascending()
            .WithOptions()
            .UsingGin();
        m.Create.Index("filtered")
            .OnTable("types")
            .OnColumn("bool")
            .Ascending()
            .WithOptions()
            .Filter("bool IS NOT NULL");
        m.Create.UniqueConstraint("uq").OnTable("types").Columns("text", "bool");
        m.Create.Sequence("counted").InSchema("public").IncrementBy(2).StartWith(10).Cache(20);
        m.Insert.IntoTable("types")
            .Row(
                new
                {
                    text = "it's",
                    collated = "c",
                    stamp = new DateTime(2024, 1, 2, 3, 4, 5),
                }
            );
        m.Insert.IntoTable("we\"ird Näme").WithOverridingUserValue().Row(new { select = 40 });
        m.Update.Table("types").Set(new { json = "{}" }).Where(new { text = "it's" });
        m.Delete.FromTable("types").Row(new { text = (string?)null });
        m.Rename.Column("zoned").OnTable("types").To("at");
        m.Delete.DefaultConstraint().OnTable("types").OnColumn("name");
        m.Create.Schema("other");
        m.Create.Table("there").InSchema("other").WithColumn("a").AsInt32();
        m.Rename.Table("there").InSchema("other").To("here");
    }

    private static MigrationCatalog Catalog(Action<Migration> up) =>
        MigrationsOf.Catalog(MigrationsOf.Code(1, "One", up, _ => { }));

    private void Up(MigrationCatalog catalog) =>
        Assert.That(
            new MigrationRunner(
                new PostgresDatabase(
                    new PostgresConnectionText(static _ => null).ParseAdo(
                        _database.ConnectionString
                    )
                ),
                catalog,
                () => HistoryOf.Origin
            )
                .Run(
                    new UpRequest(),
                    new RunSettings(TimeSpan.Zero),
                    new Silent(),
                    CancellationToken.None
                )
                .Failure,
            Is.Null
        );

    private static string DumpOf(ThrowawayDatabase database)
    {
        database.Execute(
            "DROP TABLE IF EXISTS \"VersionInfo\", \"VersionJournal\", \"VersionArchive\""
        );
        return database.Dump(withRows: true);
    }

    private sealed class Silent : IRunObserver
    {
        public void LockWait(DateTime until, string? holder) => TestContext.Out.WriteLine(until);

        public void StepStarting(MigrationId migration, Direction direction, string sql) =>
            TestContext.Out.WriteLine(sql);
    }
}
