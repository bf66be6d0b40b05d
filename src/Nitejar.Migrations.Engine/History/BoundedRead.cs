using System.Data.Common;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Engine.History;

/// <summary>
/// Reads the migrator's own tables without taking into memory what no run has written: values that are too long, and
/// rows that are too many.
/// </summary>
internal static class BoundedRead
{
    /// <summary>Bytes of a name, a note, a checksum and the like. A description of FluentMigrator's has 1,024 characters.</summary>
    public const int Words = 1_000_000;

    /// <summary>Bytes of the SQL of a migration, which a run holds in memory several times over.</summary>
    public const int Sql = 256 << 20;

    /// <summary>Reads a table row by row.</summary>
    /// <param name="session">The session.</param>
    /// <param name="limit">The table, which is known to be an ordinary one, and how many rows of it are read.</param>
    /// <param name="sql">The query, which may have to sort the rows.</param>
    /// <param name="row">Reads one.</param>
    /// <exception cref="DatabaseUnavailableException">There are more rows, or longer texts in them.</exception>
    public static IEnumerable<T> Rows<T>(
        ISession session,
        RowLimit limit,
        string sql,
        Func<DbDataReader, T> row
    )
    {
        // Before the query, since sorting reads all of them first.
        if (
            session.Any(
                $"SELECT 1 FROM {Qualify(session.Dialect, limit.Table)} LIMIT 1 OFFSET {limit.Rows}"
            )
        )
        {
            throw limit.Exceeded($"{limit.Rows:N0} rows", session.Dialect);
        }

        using var command = session.Connection.Command(sql);
        var words = 0L;
        foreach (var read in command.Rows(Counted))
        {
            yield return read;
        }

        T Counted(DbDataReader reader)
        {
            words += session.Own.BytesOf(reader);
            return words <= RowLimit.Words
                ? row(reader)
                : throw limit.Exceeded($"{RowLimit.Words:N0} bytes of text", session.Dialect);
        }
    }

    /// <summary>As much of a value as a sentence can hold.</summary>
    public static string Excerpt(object value)
    {
        const int longest = 100;
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.Length <= longest ? text : $"{text[..longest]}...";
    }

    private static string Qualify(IDialect dialect, string table) =>
        table == dialect.VersionTable.Name ? dialect.QualifiedVersionTable : dialect.Qualify(table);
}
