using System.Text.Json;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Servers;

/// <summary>Tests that each have a database with three schemas for tenants, and one that is not.</summary>
public abstract class TargetSchemasFixture : WorkplaceTests
{
    protected const string Tenants = "tenant_*";

    private ThrowawayDatabase? _database;

    [SetUp]
    public void CreateSchemas()
    {
        _database = PostgresServer.Shared().CreateDatabase();
        Query(
            "CREATE SCHEMA tenant_c; CREATE SCHEMA tenant_a; CREATE SCHEMA tenant_b; CREATE SCHEMA other"
        );
    }

    [TearDown]
    public void DropDatabase() => _database?.Dispose();

    private protected string Connection => _database!.ConnectionString;

    private protected string Query(string sql) => _database!.Psql(sql);

    /// <summary>Makes what is in the way of the first migration.</summary>
    private protected void Obstruct(string schema) =>
        Query($"CREATE TABLE {schema}.agents (id integer)");

    /// <summary>Adds a row that the latest migration's Down removes.</summary>
    private protected void AddRow(string schema) =>
        Query(
            $"""
            INSERT INTO {schema}.integrations (id, type, name) VALUES ('i', 't', 'n');
            INSERT INTO {schema}.github_installations (installation_id, integration_id) VALUES (1, 'i')
            """
        );

    /// <summary>The call for all tenants.</summary>
    private protected string[] Call(string command, params string[] more) =>
        [command, "-c", Connection, "--target-schemas", Tenants, .. more];

    private protected CommandResult Run(string command, params string[] more) =>
        Place.Run(Call(command, more));

    /// <summary>How many versions each schema has recorded, those of tenants in the order of their names.</summary>
    private protected string Applied() =>
        string.Join(
            ' ',
            ((string[])["tenant_a", "tenant_b", "tenant_c"]).Select(schema =>
                Query(
                    $"""
                    SELECT CASE WHEN to_regclass('{schema}."VersionInfo"') IS NULL THEN '-'
                        ELSE (xpath('//n/text()', query_to_xml('SELECT count(*) AS n FROM {schema}."VersionInfo"', true, true, '')))[1]::text END
                    """
                )
            )
        );

    private protected static JsonElement[] Lines(CommandResult result) =>
        [.. result.Output.TrimEnd('\n').Split('\n').Select(line => JsonElement.Parse(line))];

    private protected static IEnumerable<int> ExitCodes(JsonElement[] lines) =>
        lines.Select(line => line.GetProperty("exitCode").GetInt32());
}
