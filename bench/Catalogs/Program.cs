using System.Globalization;
using Nitejar.Migrations.Bench;
using Nitejar.Migrations.Hosting;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Sqlite;

const string Variable = "NITEJAR_BENCH_MIGRATIONS";
if (
    !int.TryParse(
        Environment.GetEnvironmentVariable(Variable),
        NumberStyles.None,
        CultureInfo.InvariantCulture,
        out var count
    )
)
{
    Console.Error.WriteLine($"{Variable} has to say how many migrations this program knows.");
    return 2;
}

return MigrateHost.Run(
    args,
    () => OneTable.Catalog(count),
    host => host.Use(SqliteDriver.Instance).Use(PostgresDriver.Instance)
);
