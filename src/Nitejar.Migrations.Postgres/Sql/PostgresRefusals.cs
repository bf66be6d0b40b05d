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

    /// <summary>Why the server refuses a statement; <see langword="null"/> where it does not.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="isInTransaction">Whether it would be executed in a transaction.</param>
    /// <param name="version">Of the server.</param>
    public static StatementException? Of(Statement statement, bool isInTransaction, int version)
    {
        if (
            isInTransaction
            && SqlVerbs.MayHave(statement.Sql, Alone)
            && PostgresStatement.RefusesTransaction(statement.Sql)
        )
        {
            return new StatementException(
                "the statement cannot run inside a transaction block",
                statement
            );
        }

        return
            version < EqualNulls
            && SqlVerbs.MayHave(statement.Sql, "DISTINCT")
            && MakesNullsEqual(statement.Sql)
            ? new StatementException(
                $"NULLS NOT DISTINCT exists since PostgreSQL {EqualNulls}, and the server is {version}",
                statement
            )
            {
                NextStep =
                    "Use a newer server, or leave NullsNotDistinct() out and add a second unique index for the rows where the column is NULL.",
            }
            : null;
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
