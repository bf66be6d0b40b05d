using FluentMigrator;
using FluentMigrator.Runner;
using Nitejar.Migrations.Chains;
using Nitejar.Migrations.Hosting;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Sqlite;
using Nitejar.Tests.Chains;
using Nitejar.Tests.Expressions;

const string Variable = "NITEJAR_CHAIN";
const string Classes = "classes";
if (Environment.GetEnvironmentVariable(Variable) is not { } file)
{
    Console.Error.WriteLine($"{Variable} has to name the file of a chain, or be {Classes}.");
    return 2;
}

return MigrateHost.Run(
    args,
    () =>
        file == Classes ? MigrationIndex.All
        : file.StartsWith(ExpressionCase.Prefix, StringComparison.Ordinal)
            ? ExpressionTable
                .All.Single(e => e.Name == file[ExpressionCase.Prefix.Length..])
                .Migrations.Select(m => Entry(m.Version, m.Name, m.Create))
        : ChainJson
            .Read(File.ReadAllText(file))
            .Migrations.Select(m => Entry(m.Version, m.Name, () => InterpretedMigration.Of(m))),
    host => host.Use(Sqlite()).Use(PostgresDriver.Instance)
);

// How FluentMigrator's AddSQLite is called, of which only the tests of these options make use.
static SqliteDriver Sqlite() =>
    Environment.GetEnvironmentVariable("NITEJAR_CHAINS_SQLITE") is not { } options
        ? SqliteDriver.Instance
        : new SqliteDriver(
            new SqliteOptions
            {
                Compatibility = options.Contains("loose", StringComparison.Ordinal)
                    ? CompatibilityMode.LOOSE
                    : CompatibilityMode.STRICT,
                BinaryGuid = options.Contains("binaryGuid", StringComparison.Ordinal),
                StrictTables = options.Contains("strictTables", StringComparison.Ordinal),
            }
        );

static (MigrationAttribute, Attribute[], string, Func<IMigration>) Entry(
    long version,
    string name,
    Func<IMigration> create
) => (new MigrationAttribute(version), [], name, create);
