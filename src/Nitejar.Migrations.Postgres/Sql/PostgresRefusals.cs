using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sql.Lexing;

namespace Nitejar.Migrations.Postgres.Sql;

/// <summary>Finds statements that a server refuses whatever the database holds.</summary>
internal static class PostgresRefusals
{
    /// <summary>The first version that has <c>NULLS NOT DISTINCT</c>.</summary>
    private const int EqualNulls = 15;

    /// <summary>One of these is in each statement that refuses a transaction.</summary>
    private static readonly string[] Alone =
    [
        "VACUUM",
        "CONCURRENTLY",
        "DATABASE",
        "TABLESPACE",
        "SUBSCRIPTION",
        "SYSTEM",
        "REINDEX",
        "CLUSTER",
        "DISCARD",
    ];

    /// <summary>The first one of a text.</summary>
    /// <param name="sql">The text.</param>
    /// <param name="isInTransaction">Whether it would be executed in a transaction.</param>
    /// <param name="version">Of the server.</param>
    public static StatementException? FirstOf(string sql, bool isInTransaction, int version)
    {
        isInTransaction = isInTransaction && SqlVerbs.MayHave(sql, Alone);
        var isOld = version < EqualNulls && SqlVerbs.MayHave(sql, "DISTINCT");
        if (!isInTransaction && !isOld)
        {
            return null;
        }

        var texts = PostgresStatements.Split(sql);
        for (var i = 0; i < texts.Count; i++)
        {
            var text = texts[i];
            if (isInTransaction && PostgresStatement.RefusesTransaction(text.Sql))
            {
                return new StatementException(
                    "the statement cannot run inside a transaction block",
                    text.Sql,
                    i + 1,
                    text.Line
                );
            }

            if (isOld && MakesNullsEqual(text.Sql))
            {
                return new StatementException(
                    $"NULLS NOT DISTINCT exists since PostgreSQL {EqualNulls}, and the server is {version}",
                    text.Sql,
                    i + 1,
                    text.Line
                )
                {
                    NextStep =
                        "Use a newer server, or leave NullsNotDistinct() out and add a second unique index for the rows where the column is NULL.",
                };
            }
        }

        return null;
    }

    /// <summary>It stands in the definitions of indexes and constraints only.</summary>
    private static bool MakesNullsEqual(string sql)
    {
        var tokens = new PostgresTokens(sql);
        if (!tokens.SkipOneOf("CREATE", "ALTER"))
        {
            return false;
        }

        while (!tokens.AtEnd())
        {
            if (tokens.Skip("NULLS", "NOT") && tokens.Is("DISTINCT"))
            {
                return true;
            }

            tokens.Pass();
        }

        return false;
    }
}
