using LinqToDB;
using LinqToDB.Data;

namespace Nitejar.Database.Mapping;

/// <summary>Where the two kinds of databases differ in SQL that is written here.</summary>
/// <param name="Now">Whole seconds since the Unix epoch by the database's clock.</param>
/// <param name="Columns">A query for the columns of the tables whose names have changed, each as <c>table.column</c>.</param>
/// <param name="Integers">What the schema's columns of numbers and times hold.</param>
internal sealed record Dialect(string Now, string Columns, IntegerRange Integers)
{
    private const string Tables =
        $"'{Names.PluginInstances.Table}', '{Names.GithubInstallations.Table}', '{Names.Agents.Table}'";

    private static readonly Dialect Sqlite = new(
        "unixepoch()",
        $"SELECT t.name || '.' || c.name FROM sqlite_master AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table' AND t.name IN ({Tables})",
        IntegerRange.Of64Bits
    );
    private static readonly Dialect Postgres = new(
        "extract(epoch from now())::integer",
        // As names without a schema are found: by the search path.
        $"SELECT t.relname || '.' || c.attname FROM pg_attribute AS c JOIN pg_class AS t ON t.oid = c.attrelid WHERE c.attnum > 0 AND NOT c.attisdropped AND t.oid IN (SELECT to_regclass(name) FROM unnest(ARRAY[{Tables}]) AS name)",
        IntegerRange.Of32Bits
    );

    /// <exception cref="NotSupportedException">Another kind.</exception>
    public static Dialect Of(string provider) =>
        provider.StartsWith(ProviderName.SQLite, StringComparison.Ordinal) ? Sqlite
        : provider.StartsWith(ProviderName.PostgreSQL, StringComparison.Ordinal) ? Postgres
        : throw new NotSupportedException(
            $"{provider}: Nitejar's database is SQLite or PostgreSQL."
        );

    /// <summary>A parameter of a statement that is written here.</summary>
    /// <param name="name">As in the statement, without the <c>@</c>.</param>
    /// <param name="number">Its value.</param>
    /// <param name="column">Where it goes, as <c>table.column</c>.</param>
    /// <exception cref="OverflowException">The column does not hold it.</exception>
    public DataParameter Parameter(string name, long? number, string column) =>
        new(name, number is { } given ? Integers.Require(given, column) : null, Integers.Type);
}
