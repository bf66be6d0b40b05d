using Nitejar.Migrations.Postgres.Connections;

namespace Nitejar.Migrations.Postgres;

/// <summary>How a connection to PostgreSQL is written.</summary>
internal sealed class PostgresConnectionForms : IConnectionText
{
    private PostgresConnectionForms() { }

    public static PostgresConnectionForms Instance { get; } = new();

    public IReadOnlyList<string> UrlSchemes { get; } = ["postgres", "postgresql"];

    public IReadOnlyList<string> FirstKeywords { get; } =
    ["host", "server", "username", "user id", "database", "service"];

    public bool KnowsPaths => false;

    public ConnectionExamples ExamplesFor(string database) =>
        new(Path: null, "postgres://user@host/name", "Host=...");

    public IDatabase ReadUrl(string scheme, string rest, ConnectionContext context) =>
        Database(TextIn(context).ParseUrl($"{scheme}:{rest}"), context);

    public IDatabase ReadAdo(string text, ConnectionContext context) =>
        Database(TextIn(context).ParseAdo(text), context);

    public IDatabase ReadPath(string path, ConnectionContext context) =>
        throw new FormatException("is a path, and PostgreSQL is reached by URL or ADO.NET string");

    private static PostgresDatabase Database(PostgresTarget target, ConnectionContext context)
    {
        context.OnSecret(target.Password);
        target = target with
        {
            AllowsUntested = context.AllowsUntestedEngine,
            VersionTable = context.VersionTable,
        };
        return context.AskPassword is not { } ask ? new PostgresDatabase(target)
            : target.Password is null ? new PostgresDatabase(target.WithPasswordFrom(ask))
            : throw new FormatException(
                "has a password, and --password-command prints another one"
            );
    }

    private static PostgresConnectionText TextIn(ConnectionContext context) =>
        new(context.Variable) { Program = context.Program };
}
