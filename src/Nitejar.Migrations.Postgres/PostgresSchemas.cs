using Nitejar.Migrations.Postgres.Connections;

namespace Nitejar.Migrations.Postgres;

/// <summary>The schemas of a PostgreSQL database.</summary>
/// <param name="database">The database.</param>
/// <param name="target">How it is reached.</param>
internal sealed class PostgresSchemas(PostgresDatabase database, PostgresTarget target) : ISchemas
{
    public string? Named => target.NamedSchema;

    public IReadOnlyList<string> ReadNames(
        TransactionSettings settings,
        CancellationToken cancellation
    )
    {
        using var session = database.Read(settings, cancellation);
        return session.ReadSchemaNames();
    }

    public IDatabase Choose(string schema) =>
        target.VersionTable.Schema is { } fixedSchema && fixedSchema != schema
            ? throw new InvalidRequestException(
                $"The migrations keep their history in the schema {fixedSchema}, which would be one for all schemas.",
                "Remove the schema from the class that names the version table, so that each schema has a history of its own."
            )
            : new PostgresDatabase(target.InSchema(schema));
}
