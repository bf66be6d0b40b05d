namespace Nitejar.Migrations.Engine.Tests.Conformance.Rows;

/// <summary>A table with rows, and ways in which people rebuild it.</summary>
internal static class HandWrittenRebuild
{
    public const string Agents = """
        CREATE TABLE log (text text);
        CREATE TABLE agents (id integer PRIMARY KEY, name text);
        INSERT INTO agents (id, name) VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd');
        """;

    public const string Rebuild = """
        CREATE TABLE new_agents (id integer PRIMARY KEY, name text NOT NULL);
        INSERT INTO new_agents SELECT id, name FROM agents;
        DROP TABLE agents;
        ALTER TABLE new_agents RENAME TO agents;
        """;

    /// <summary>The other order, in which what names the table follows the old one.</summary>
    public const string RenamedAway = """
        ALTER TABLE agents RENAME TO old_agents;
        CREATE TABLE agents (id integer PRIMARY KEY, name text NOT NULL);
        INSERT INTO agents SELECT id, name FROM old_agents;
        DROP TABLE old_agents;
        """;
}
