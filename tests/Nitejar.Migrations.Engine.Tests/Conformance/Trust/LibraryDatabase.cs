using Nitejar.Migrations.Engine.Catalog;

namespace Nitejar.Migrations.Engine.Tests.Conformance.Trust;

/// <summary>The migrations of a library. Names of rooms are quoted, as SQLite writes them when the table is renamed.</summary>
internal static class LibraryDatabase
{
    public const string RoomIndex = "CREATE INDEX rooms_name ON \"rooms\" (name)";

    public const string RoomView = "CREATE VIEW room_names AS SELECT name FROM \"rooms\"";

    public const string Rooms =
        $"CREATE TABLE \"rooms\" (id integer PRIMARY KEY, name varchar(40) NOT NULL DEFAULT 'A'); {RoomIndex}; {RoomView}";

    public const string Shelves =
        "CREATE TABLE shelves (id integer PRIMARY KEY, room integer REFERENCES \"rooms\" (id), width integer NOT NULL DEFAULT 80 CHECK (width > 0))";

    public static MigrationCatalog Catalog { get; } =
        MigrationsOf.Catalog(
            MigrationsOf.Sql(1, "Rooms", Rooms, "DROP VIEW room_names; DROP TABLE rooms"),
            MigrationsOf.Sql(2, "Shelves", Shelves, "DROP TABLE shelves"),
            MigrationsOf.Sql(
                3,
                "Floors",
                "ALTER TABLE rooms ADD COLUMN floor integer",
                "ALTER TABLE rooms DROP COLUMN floor"
            )
        );
}
