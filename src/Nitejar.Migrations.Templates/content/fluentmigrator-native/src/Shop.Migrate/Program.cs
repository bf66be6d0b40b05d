using Nitejar.Migrations.Hosting;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Sqlite;
using Shop.Migrations;

return MigrateHost.Run(
    args,
    () => MigrationIndex.All,
    host =>
        host.Named("shop-migrate", "Applies and reverts the migrations of Shop's database.")
            .DefaultDatabase("shop.db")
            .Use(SqliteDriver.Instance)
            .Use(PostgresDriver.Instance)
);
