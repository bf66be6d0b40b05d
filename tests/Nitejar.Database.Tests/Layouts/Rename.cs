using LinqToDB.Data;
using Nitejar.Migrations;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Database.Tests.Layouts;

/// <summary>Gives a migrated database the names of released Nitejar, by the migration that does so.</summary>
internal static class Rename
{
    private const long Before = 20240501120000;
    private const long Followed = 20260222000000;

    /// <summary>Connections that are open do not notice.</summary>
    public static void Follow(NitejarDatabase database)
    {
        var isSqlite = database.DataProvider.Name.StartsWith("SQLite", StringComparison.Ordinal);
        database.Execute(
            new MigrationScripter(
                MigrationCatalog.From(MigrationIndex.All),
                isSqlite ? SqliteDriver.Instance : PostgresDriver.Instance
            ).Write(new ScriptRange(Direction.Up, Before, Followed) { Tags = ["plugin-instances"] })
        );
    }
}
