using Nitejar.Migrations.Engine;

namespace Nitejar.Migrations.Cli.Configuration;

/// <summary>The connection names a PostgreSQL database.</summary>
/// <param name="source">Where the connection came from: <c>--connection</c>, <c>DATABASE_URL</c>.</param>
internal sealed class PostgresConnectionException(string source)
    : InvalidRequestException(
        $"{source} names a PostgreSQL database, which this version cannot migrate.",
        "Use a SQLite database; `script up --provider postgres` writes the SQL for PostgreSQL."
    )
{
    /// <summary>Where the connection came from.</summary>
    public string ConnectionSource { get; } = source;
}
