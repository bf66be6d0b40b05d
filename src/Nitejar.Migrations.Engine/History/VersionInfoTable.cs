using System.Data.Common;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.History;

/// <summary>FluentMigrator's own table of applied versions, kept exactly as its runner makes it: <c>VersionInfo</c>, or what the project names.</summary>
internal static class VersionInfoTable
{
    /// <summary>Reads in the order of insertion, which does not depend on any clock.</summary>
    /// <exception cref="RefusedException">The table is not FluentMigrator's.</exception>
    /// <exception cref="DatabaseUnavailableException">It has more rows than there are migrations.</exception>
    public static IReadOnlyList<AppliedMigration> Read(ISession session) =>
        session.ReadBounded(NameIn(session), BoundedRead.Words, () => ReadRows(session));

    /// <summary>Adds the columns that earlier versions of FluentMigrator did not have, as its runner does.</summary>
    public static void Complete(ISession session)
    {
        var dialect = session.Dialect;
        var columns = session.Own.ReadColumns(dialect.VersionTable.Name);
        Add(dialect.VersionTable.AppliedOnColumn, dialect.Types.AppliedOn);
        Add(dialect.VersionTable.DescriptionColumn, dialect.Types.Description);

        void Add(string column, string type)
        {
            if (!Has(columns, column))
            {
                session.Execute(
                    $"ALTER TABLE {dialect.QualifiedVersionTable} ADD COLUMN {Identifier.Quote(column)} {type}"
                );
            }
        }
    }

    /// <summary>The statements that make it where it is missing, as FluentMigrator 8.0.1 leaves it: its three statements end in this schema.</summary>
    public static string Create(IDialect dialect)
    {
        var (table, types) = (dialect.VersionTable, dialect.Types);
        var version = Identifier.Quote(table.VersionColumn);
        var index = Identifier.Quote(table.UniqueIndex);
        var key = table.HasPrimaryKey ? $", CONSTRAINT {index} PRIMARY KEY ({version})" : "";
        return dialect.CreateVersionSchema
            + $"CREATE TABLE IF NOT EXISTS {dialect.ScriptedVersionTable} ({version} {types.Integer} NOT NULL, "
            + $"{Identifier.Quote(table.AppliedOnColumn)} {types.AppliedOn}, {Identifier.Quote(table.DescriptionColumn)} {types.Description}{key});\n"
            + $"CREATE UNIQUE INDEX IF NOT EXISTS {index} ON {dialect.ScriptedVersionTable} ({version} ASC);";
    }

    public static void Insert(ISession session, long version, string description) =>
        session.Execute(
            $"""INSERT INTO {session.Dialect.QualifiedVersionTable} ({session.Dialect.VersionColumns()}) VALUES (@version, {session.Dialect.Types.Now}, @description)""",
            ("@version", version),
            ("@description", description)
        );

    /// <exception cref="DatabaseUnavailableException">There is no such row, though it was read: the index and the table disagree.</exception>
    public static void Delete(ISession session, long version)
    {
        using var command = session.Connection.Command(
            $"""DELETE FROM {session.Dialect.QualifiedVersionTable} WHERE {Identifier.Quote(session.Dialect.VersionTable.VersionColumn)} = @version""",
            ("@version", version)
        );
        if (command.ExecuteNonQuery() != 1)
        {
            throw new DatabaseUnavailableException(
                $"The database is damaged: the row of version {version} in {NameIn(session)} is not where its index says.",
                $"{session.Dialect.Inspection}; restore a backup or rebuild the index with REINDEX."
            );
        }
    }

    private static List<AppliedMigration> ReadRows(ISession session)
    {
        var table = session.Dialect.VersionTable;
        var columns = session.Own.ReadColumns(table.Name);
        if (columns.Count == 0)
        {
            return [];
        }

        if (!Has(columns, table.VersionColumn))
        {
            throw new RefusedException(
                $"{table.Name} has no column {table.VersionColumn}.",
                RemedyOf(session)
            );
        }

        var order = OrderOf(session.Dialect, columns);
        var column = Identifier.Quote(table.VersionColumn);
        var seen = new HashSet<long>();
        return
        [
            .. BoundedRead.Rows(
                session,
                new RowLimit(table.Name, RowLimit.Held),
                $"""SELECT {column}, CAST({OrNull(columns, table.AppliedOnColumn)} AS TEXT), {OrNull(columns, table.DescriptionColumn)} FROM {session.Dialect.QualifiedVersionTable} ORDER BY {order}""",
                row =>
                {
                    var version = VersionOf(session, row, seen.Count + 1);
                    return seen.Add(version)
                        ? new AppliedMigration(version, AppliedOn(row), row.Text(2))
                        : throw new RefusedException(
                            $"{table.Name} holds version {version} twice.",
                            RemedyOf(session)
                        );
                }
            ),
        ];
    }

    /// <summary>The columns of a new row, for an INSERT.</summary>
    public static string VersionColumns(this IDialect dialect) =>
        $"{Identifier.Quote(dialect.VersionTable.VersionColumn)}, {Identifier.Quote(dialect.VersionTable.AppliedOnColumn)}, {Identifier.Quote(dialect.VersionTable.DescriptionColumn)}";

    private static string NameIn(ISession session) => session.Dialect.VersionTable.Name;

    /// <summary>What to sort by for the order in which rows were inserted, as far as the table tells it.</summary>
    private static string OrderOf(IDialect dialect, IReadOnlyList<string> columns)
    {
        var table = dialect.VersionTable;
        if (dialect.Types.Arrival is { } arrival && !table.HasPrimaryKey)
        {
            return arrival;
        }

        var version = Identifier.Quote(table.VersionColumn);
        return Has(columns, table.AppliedOnColumn)
            ? $"{Identifier.Quote(table.AppliedOnColumn)} NULLS FIRST, {version}"
            : version;
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
                $"{NameIn(session)} holds '{BoundedRead.Excerpt(row.GetValue(0))}' in row {place}, which is not a version number.",
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
