using System.Data.Common;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.History;

/// <summary>FluentMigrator's own table of applied versions, kept exactly as its runner makes it.</summary>
internal static class VersionInfoTable
{
    public const string Name = OwnNames.VersionInfo;

    /// <summary>Reads in the order of insertion, which does not depend on any clock.</summary>
    /// <exception cref="RefusedException">The table is not FluentMigrator's.</exception>
    /// <exception cref="DatabaseUnavailableException">It has more rows than there are migrations.</exception>
    public static IReadOnlyList<AppliedMigration> Read(ISession session) =>
        session.ReadBounded(Name, BoundedRead.Words, () => ReadRows(session));

    /// <summary>Adds the columns that earlier versions of FluentMigrator did not have, as its runner does.</summary>
    public static void Complete(ISession session)
    {
        var columns = session.Own.ReadColumns(Name);
        foreach (var (column, type) in session.Dialect.LaterVersionInfoColumns)
        {
            if (!Has(columns, column))
            {
                session.Execute(
                    $"ALTER TABLE {session.Dialect.Qualify(Name)} ADD COLUMN {Identifier.Quote(column)} {type}"
                );
            }
        }
    }

    public static void Insert(ISession session, long version, string description) =>
        session.Execute(
            $"""INSERT INTO {session.Dialect.Qualify(Name)} ("Version", "AppliedOn", "Description") VALUES (@version, {session.Dialect.Types.Now}, @description)""",
            ("@version", version),
            ("@description", description)
        );

    /// <exception cref="DatabaseUnavailableException">There is no such row, though it was read: the index and the table disagree.</exception>
    public static void Delete(ISession session, long version)
    {
        using var command = session.Connection.Command(
            $"""DELETE FROM {session.Dialect.Qualify(Name)} WHERE "Version" = @version""",
            ("@version", version)
        );
        if (command.ExecuteNonQuery() != 1)
        {
            throw new DatabaseUnavailableException(
                $"The database is damaged: the row of version {version} in VersionInfo is not where its index says.",
                $"{session.Dialect.Inspection}; restore a backup or rebuild the index with REINDEX."
            );
        }
    }

    private static List<AppliedMigration> ReadRows(ISession session)
    {
        var columns = session.Own.ReadColumns(Name);
        if (columns.Count == 0)
        {
            return [];
        }

        if (!Has(columns, "Version"))
        {
            throw new RefusedException("VersionInfo has no column Version.", RemedyOf(session));
        }

        var order = session.Dialect.Types.Arrival;
        var seen = new HashSet<long>();
        return
        [
            .. BoundedRead.Rows(
                session,
                new RowLimit(Name, RowLimit.Held),
                $"""SELECT "Version", CAST({OrNull(columns, "AppliedOn")} AS TEXT), {OrNull(columns, "Description")} FROM {session.Dialect.Qualify(Name)} ORDER BY {order}""",
                row =>
                {
                    var version = VersionOf(session, row, seen.Count + 1);
                    return seen.Add(version)
                        ? new AppliedMigration(version, AppliedOn(row), row.Text(2))
                        : throw new RefusedException(
                            $"VersionInfo holds version {version} twice.",
                            RemedyOf(session)
                        );
                }
            ),
        ];
    }

    private static string RemedyOf(ISession session) =>
        $"Nothing was changed. Repair the row with {session.Dialect.Shell}, or restore the database from a backup.";

    private static string OrNull(IReadOnlyList<string> columns, string column) =>
        Has(columns, column) ? Identifier.Quote(column) : "NULL";

    private static bool Has(IReadOnlyList<string> columns, string column) =>
        columns.Contains(column, StringComparer.OrdinalIgnoreCase);

    private static long VersionOf(ISession session, DbDataReader row, int place) =>
        row.GetValue(0) is long version
            ? version
            : throw new RefusedException(
                $"VersionInfo holds '{BoundedRead.Excerpt(row.GetValue(0))}' in row {place}, which is not a version number.",
                RemedyOf(session)
            );

    /// <summary>SQLite's own format first, which is a tenth of the work; other tools write others.</summary>
    private static DateTime? AppliedOn(DbDataReader row)
    {
        const DateTimeStyles utc =
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var culture = CultureInfo.InvariantCulture;
        var text = row.Text(1);
        return
            DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", culture, utc, out var time)
            || DateTime.TryParse(text, culture, utc, out time)
            ? time
            : null;
    }
}
