using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Sqlite.Schema;
using Nitejar.Migrations.Sqlite.Sql;

namespace Nitejar.Migrations.Sqlite.Scratch;

/// <summary>Tells from statements which rows they may change or delete, through foreign keys too.</summary>
internal static class SqliteRowEffects
{
    public static RowEffects Of(string sql, DatabaseSchema before) =>
        new RowEffectsReader(before, SqliteNames.Comparer, WritesRows).Read(
            SqliteStatements.Split(sql).Select(text => SqliteStatement.Parse(text.Sql))
        );

    private static bool WritesRows(string sql)
    {
        var tokens = new SqliteTokens(sql);
        tokens.SkipEmptyStatements();
        return tokens.Skip("INSERT")
            || tokens.Skip("UPDATE")
            || tokens.Skip("REPLACE")
            || tokens.Skip("DELETE")
            || tokens.Skip("WITH");
    }
}
