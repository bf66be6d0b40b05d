using Nitejar.Migrations.Engine.Catalog;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Guards;

/// <summary>A table with rows, and ways in which people rebuild it.</summary>
internal static class HandWrittenRebuild
{
    public const string Agents = """
        CREATE TABLE log (text TEXT);
        CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT);
        INSERT INTO agents VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd');
        """;

    public const string Rebuild = """
        PRAGMA legacy_alter_table=ON;
        CREATE TABLE new_agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        INSERT INTO new_agents SELECT id, name FROM agents;
        DROP TABLE agents;
        ALTER TABLE new_agents RENAME TO agents;
        PRAGMA legacy_alter_table=OFF;
        """;

    /// <summary>The other order, in which SQLite rewrites what names the table.</summary>
    public const string RenamedAway = """
        ALTER TABLE agents RENAME TO old_agents;
        CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        INSERT INTO agents SELECT id, name FROM old_agents;
        DROP TABLE old_agents;
        """;

    public static MigrationCatalog Up(string sql) =>
        MigrationsOf.Catalog(MigrationsOf.Sql(1, "One", sql));
}
