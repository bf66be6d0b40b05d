using System.Data;
using System.Globalization;
using FluentMigrator;

namespace Nitejar.Migrations.Rebuilding;

/// <summary>An index or a trigger of a table.</summary>
/// <param name="Kind"><c>index</c> or <c>trigger</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Sql">The statement that made it.</param>
internal sealed record TableObject(string Kind, string Name, string Sql);

/// <summary>A table before it is rebuilt.</summary>
/// <param name="Name">As the database spells it.</param>
/// <param name="Columns">Those that hold values; generated ones hold none.</param>
/// <param name="GeneratedColumns">Those that can be copied but need not be.</param>
/// <param name="Objects">Indexes and triggers in the order in which they were made, without what constraints make.</param>
internal sealed record OldTable(
    string Name,
    IReadOnlyList<string> Columns,
    IReadOnlyList<string> GeneratedColumns,
    IReadOnlyList<TableObject> Objects
)
{
    /// <summary>Reads it, or returns <see langword="null"/> where there is not a database or no such table yet.</summary>
    /// <exception cref="InvalidOperationException">It is no ordinary table, or foreign keys are enforced.</exception>
    public static OldTable? Read(IMigrationProcessor database, string table)
    {
        var name = RebuildSql.Literal(table);
        var found = Query(
            database,
            "SELECT type, name, coalesce(sql, '') AS sql FROM sqlite_master WHERE type IN ('table', 'view') AND name = {0} COLLATE NOCASE",
            name
        );
        if (found.Length == 0)
        {
            return null;
        }

        RequireTable(found[0]);
        RequireNoEnforcement(database, table);
        var columns = Query(
            database,
            "SELECT name, CAST(hidden AS TEXT) AS hidden FROM pragma_table_xinfo({0}) ORDER BY cid",
            name
        );
        var objects = Query(
            database,
            "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND tbl_name = {0} COLLATE NOCASE AND sql IS NOT NULL ORDER BY rowid",
            name
        );
        return new OldTable(
            found[0][1],
            [.. columns.Where(column => column[1] == "0").Select(column => column[0])],
            [.. columns.Where(column => column[1] != "0").Select(column => column[0])],
            [.. objects.Select(row => new TableObject(row[0], row[1], row[2]))]
        );
    }

    private static void RequireTable(string[] found)
    {
        var isVirtual = found[2].StartsWith("CREATE VIRTUAL", StringComparison.OrdinalIgnoreCase);
        if (found[0] == "view" || isVirtual)
        {
            throw new InvalidOperationException(
                $"{found[1]} cannot be rebuilt: it is a {(isVirtual ? "virtual table" : "view")}."
            );
        }
    }

    private static void RequireNoEnforcement(IMigrationProcessor database, string table)
    {
        var enforced = Query(
            database,
            "SELECT CAST(foreign_keys AS TEXT) AS enforced FROM pragma_foreign_keys"
        );
        if (enforced[0][0] != "0")
        {
            throw new InvalidOperationException(
                $"{table} cannot be rebuilt while foreign keys are enforced: to drop the old table would delete or change the rows that refer to it. Add Foreign Keys=False to the connection string of the migration."
            );
        }
    }

    /// <summary>Every row as text; none where there is not a database.</summary>
    private static string[][] Query(
        IMigrationProcessor database,
        string template,
        params object[] values
    )
    {
        try
        {
            var tables = database.Read(template, values).Tables;
            return tables.Count == 0
                ? []
                : [.. tables[0].Rows.Cast<DataRow>().Select(row => TextsOf(row, tables[0]))];
        }
        catch (NotImplementedException)
        {
            // FluentMigrator's processor without a connection.
            return [];
        }
    }

    private static string[] TextsOf(DataRow row, DataTable table)
    {
        var texts = new string[table.Columns.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Convert.ToString(row[i], CultureInfo.InvariantCulture) ?? "";
        }

        return texts;
    }
}
