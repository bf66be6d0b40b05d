using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Sqlite.Sql;

namespace Nitejar.Migrations.Sqlite.Schema;

/// <summary>Tells whether what a plan works on is still defined as it was. Tables that it does not name may change.</summary>
internal static class SqliteSchemaDigest
{
    public static string Of(SqliteConnection connection, IReadOnlyList<string> texts)
    {
        var words = new HashSet<string>();
        foreach (var sql in texts)
        {
            SqliteStatement.AddWords(sql, words);
        }

        var definitions = connection.Query(
            "SELECT type, name, tbl_name, coalesce(sql, '') FROM main.sqlite_master ORDER BY type, name",
            row =>
                (
                    Table: row.GetString(2),
                    Text: $"{row.GetString(0)} {row.GetString(1)}\n{row.GetString(3)}\n"
                )
        );
        var named = string.Concat(
            definitions
                .Where(definition => words.Contains(definition.Table.ToLowerInvariant()))
                .Select(definition => definition.Text)
        );

        // As where there is not a database yet.
        return named.Length == 0 ? "" : Sha256.HexOf(named);
    }
}
