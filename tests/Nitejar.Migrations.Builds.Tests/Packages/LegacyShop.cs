namespace Nitejar.Migrations.Builds.Tests.Packages;

/// <summary>A project that FluentMigrator's own runner has migrated so far, and the program that takes over.</summary>
internal static class LegacyShop
{
    /// <summary>The file of each text.</summary>
    public static IReadOnlyDictionary<string, string> Files { get; } =
        new Dictionary<string, string>
        {
            ["Directory.Build.props"] = Properties,
            ["Legacy.Migrations/Legacy.Migrations.csproj"] = Migrations,
            ["Legacy.Migrations/Classes.cs"] = Classes,
            ["Legacy.Migrate/Legacy.Migrate.csproj"] = Program,
            ["Legacy.Migrate/Program.cs"] = Main,
        };

    private const string Properties = """
        <Project>
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
        </Project>
        """;

    private const string Migrations = """
        <Project Sdk="Microsoft.NET.Sdk">
          <ItemGroup>
            <PackageReference Include="FluentMigrator" Version="8.0.1" />
            <PackageReference Include="Nitejar.Migrations.Discovery" Version="*" PrivateAssets="all" />
            <PackageReference Include="Nitejar.Migrations.Rebuilding" Version="*" />
          </ItemGroup>
        </Project>
        """;

    private const string Program = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <AssemblyName>legacy-migrate</AssemblyName>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Nitejar.Migrations.Hosting" Version="*" />
            <PackageReference Include="Nitejar.Migrations.Sqlite" Version="*" />
            <ProjectReference Include="../Legacy.Migrations/Legacy.Migrations.csproj" />
          </ItemGroup>
        </Project>
        """;

    private const string Main = """
        using FluentMigrator.Runner;
        using FluentMigrator.Runner.Initialization;
        using FluentMigrator.Runner.VersionTableInfo;
        using Legacy.Migrations;
        using Microsoft.Extensions.Options;
        using Nitejar.Migrations.Hosting;
        using Nitejar.Migrations.Sqlite;

        MigrationIndex.Services = () => new Services();
        return MigrateHost.Run(args, () => MigrationIndex.All, host =>
        {
            host.Named("legacy-migrate", "Applies and reverts the migrations of the shop.")
                .Use(new SqliteDriver(new SqliteOptions { Compatibility = CompatibilityMode.LOOSE }));
            if (Environment.GetEnvironmentVariable("LEGACY_VERSIONS") is { Length: > 0 })
            {
                host.VersionTable(new Versions());
            }
        });

        sealed class Versions() : DefaultVersionTableMetaData(new DefaultConventionSet(), Options.Create(new RunnerOptions()))
        {
            public override string TableName => "shop_versions";
        }

        sealed class Services : IServiceProvider
        {
            public object GetService(Type type) => type == typeof(IClock) ? new Noon() : null;
        }
        """;

    private const string Classes = """
        using System.Data.Common;
        using FluentMigrator;
        using Nitejar.Migrations.Rebuilding;

        namespace Legacy.Migrations;

        public interface IClock { string Now { get; } }

        public sealed class Noon : IClock { public string Now => "noon"; }

        [Migration(1000)]
        public abstract class WithCustomers : Migration { protected const string Table = "customer"; }

        [Migration(1)]
        public sealed class Customers : AutoReversingMigration
        {
            public override void Up()
            {
                Create.Table("customer").WithColumn("id").AsInt32().PrimaryKey().Identity().WithColumn("token").AsString();
                Insert.IntoTable("customer").Row(new { token = Guid.NewGuid() });
            }
        }

        [Migration(2)]
        public sealed class Invoices : Migration
        {
            public override void Up() => Execute.Sql(
                "CREATE TABLE invoice (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customer (id) ON DELETE CASCADE)\nGO\nINSERT INTO invoice VALUES (1, 1)"
            );

            public override void Down() => Delete.Table("invoice");
        }

        [Migration(3)]
        public sealed class Demo : WithCustomers
        {
            public override void Up()
            {
                Insert.IntoTable(Table).Row(new { id = 7, token = "demo" });
                Insert.IntoTable("invoice").Row(new { id = 7, customer_id = 7 });
            }

            public override void Down() => Delete.FromTable(Table).Row(new { id = 7 });
        }

        [Migration(4)]
        public sealed class Notes : Migration
        {
            public override void Up()
            {
                Create.Table("note").WithColumn("id").AsInt32().PrimaryKey().WithColumn("customer_id").AsInt32();
                Create.ForeignKey("fk_note").FromTable("note").ForeignColumn("customer_id").ToTable("customer").PrimaryColumn("id");
            }

            public override void Down() => Delete.Table("note");
        }

        [Migration(5)]
        public sealed class Stamps(IClock clock) : Migration
        {
            public override void Up()
            {
                Create.Table("stamp").WithColumn("time").AsString();
                Insert.IntoTable("stamp").Row(new { time = clock.Now });
            }

            public override void Down() => Delete.Table("stamp");
        }

        [Migration(6)]
        public sealed class Homes : Migration
        {
            public override void Up()
            {
                var connection = new DbConnectionStringBuilder { ConnectionString = ConnectionString };
                Create.Table("home").WithColumn("file").AsString();
                Insert.IntoTable("home").Row(new { file = Path.GetFileName((string)connection["Data Source"]) });
            }

            public override void Down() => Delete.Table("home");
        }

        [Migration(7, TransactionBehavior.None)]
        public sealed class Compacted : Migration
        {
            public override void Up() => Execute.WithConnection((connection, transaction) =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = transaction is null ? "VACUUM" : "no transaction is expected";
                command.ExecuteNonQuery();
            });

            public override void Down() => Execute.Sql("SELECT 1");
        }

        [Migration(8), Tags("rebuilt")]
        public sealed class CheckedNotes : Migration
        {
            public override void Up() => Rebuild("CHECK (customer_id > 0)");

            public override void Down() => Rebuild("");

            private void Rebuild(string check) => IfDatabase(ProcessorIdConstants.SQLite).Execute.RebuildTable(
                new TableRebuild
                {
                    Table = "note",
                    Definition = $"id INTEGER PRIMARY KEY, customer_id INTEGER {check}",
                    Copy = ["id", "customer_id"],
                }
            );
        }
        """;
}
