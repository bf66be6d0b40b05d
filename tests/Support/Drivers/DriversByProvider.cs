using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Tests.Drivers;

/// <summary>The drivers, by the names that test cases can hold.</summary>
internal static class DriversByProvider
{
    /// <summary>Returns the driver of a kind of database.</summary>
    public static IDatabaseDriver Driver(this DatabaseProvider provider) =>
        provider switch
        {
            DatabaseProvider.Sqlite => SqliteDriver.Instance,
            DatabaseProvider.Postgres => PostgresDriver.Instance,
            _ => throw new ArgumentOutOfRangeException(nameof(provider)),
        };
}
