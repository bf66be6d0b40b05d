using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Postgres.Sql;
using Nitejar.Migrations.Postgres.Sql.Lexing;

namespace Nitejar.Migrations.Postgres.Scratch;

/// <summary>Tells from statements which rows they may change or delete, through foreign keys too.</summary>
internal static class PostgresRowEffects
{
    public static RowEffects Of(string sql, DatabaseSchema before) =>
        new RowEffectsReader(before, StringComparer.Ordinal, MayWriteRows).Read(
            PostgresStatements.Split(sql).Select(text => PostgresStatement.Parse(text.Sql))
        );

    /// <summary>Whether a statement without known effects may write rows: not one that defines something, or sets it.</summary>
    private static bool MayWriteRows(string sql)
    {
        var tokens = new PostgresTokens(sql);
        return !tokens.SkipOneOf(
            "CREATE",
            "ALTER",
            "DROP",
            "COMMENT",
            "GRANT",
            "REVOKE",
            "SET",
            "RESET",
            "ANALYZE"
        );
    }
}
