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

    public IDatabase Choose(string schema) => new PostgresDatabase(target.InSchema(schema));
}
