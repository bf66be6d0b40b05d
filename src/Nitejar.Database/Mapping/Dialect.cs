using LinqToDB;

namespace Nitejar.Database.Mapping;

/// <summary>Where the two kinds of databases differ in SQL that is written here.</summary>
/// <param name="Now">Whole seconds since the Unix epoch by the database's clock.</param>
internal sealed record Dialect(string Now)
{
    private static readonly Dialect Sqlite = new("unixepoch()");
    private static readonly Dialect Postgres = new("extract(epoch from now())::bigint");

    /// <exception cref="NotSupportedException">Another kind.</exception>
    public static Dialect Of(string provider) =>
        provider.StartsWith(ProviderName.SQLite, StringComparison.Ordinal) ? Sqlite
        : provider.StartsWith(ProviderName.PostgreSQL, StringComparison.Ordinal) ? Postgres
        : throw new NotSupportedException(
            $"{provider}: Nitejar's database is SQLite or PostgreSQL."
        );
}
