using Nitejar.Migrations.Hosting;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Cli;

/// <summary>What <c>nitejar-migrate</c> is called and which databases it knows, native and as a .NET tool.</summary>
internal static class NitejarHost
{
    public static void Configure(MigrateHostBuilder host) =>
        host.Named("nitejar-migrate", "Applies and reverts the migrations of Nitejar's database.")
            .Variables("NITEJAR_MIGRATE")
            .DefaultDatabase("nitejar.db")
            .Use(SqliteDriver.Instance)
            .Use(PostgresDriver.Instance)
            // Nitejar's runtime asks for its own cutover from integrations to plugin instances.
            .ReceiptField("cutoverStatus", "skipped")
            .ReceiptField(
                "cutoverReason",
                "nitejar-migrate does not run Nitejar's own cutover; its migrations refuse where that has to come first."
            );
}
