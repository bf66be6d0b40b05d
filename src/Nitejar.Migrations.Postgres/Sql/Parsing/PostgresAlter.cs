using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sql.Lexing;

namespace Nitejar.Migrations.Postgres.Sql.Parsing;

/// <summary>Reads statements that change or lock objects, and what is said of them.</summary>
internal static class PostgresAlter
{
    /// <summary>Kinds of objects that hold no rows. A schema is none of them: with another name, all that it holds has one.</summary>
    private static readonly string[] Plain =
    [
        "SEQUENCE",
        "INDEX",
        "VIEW",
        "TYPE",
        "DOMAIN",
        "FUNCTION",
        "PROCEDURE",
        "ROUTINE",
        "AGGREGATE",
        "POLICY",
        "TRIGGER",
        "STATISTICS",
        "COLLATION",
    ];

    /// <summary>What COMMENT, GRANT and REVOKE name before the object, apart from these kinds.</summary>
    private static readonly string[] OtherKinds = ["TABLE", "SCHEMA", "CONSTRAINT"];

    /// <summary>Reads a statement from behind ALTER.</summary>
    public static Statement Read(string sql, PostgresTokens tokens)
    {
        if (tokens.Skip("TABLE"))
        {
            return PostgresAlterTable.Read(sql, tokens);
        }

        tokens.Skip("MATERIALIZED");
        var isType = tokens.Is("TYPE");
        var isKnown = tokens.SkipOneOf(Plain);
        tokens.SkipIfExists();
        return isKnown && tokens.NextObject() is { } altered && !(isType && HasAttribute(tokens))
            ? Plainly(sql, altered)
            : Statement.Opaque(sql);
    }

    /// <summary>Reads COMMENT, GRANT or REVOKE from behind this word.</summary>
    public static Statement ReadComment(string sql, PostgresTokens tokens)
    {
        while (!tokens.AtEnd() && !tokens.Skip("ON"))
        {
            tokens.Pass();
        }

        if (tokens.Skip("ALL"))
        {
            // The kind, and IN SCHEMA.
            tokens.Pass();
            tokens.Skip("IN", "SCHEMA");
        }

        if (tokens.Skip("COLUMN"))
        {
            return tokens.NextObject() is { Schema: { } table }
                ? Plainly(sql, new ObjectName(null, table))
                : Statement.Opaque(sql);
        }

        tokens.Skip("MATERIALIZED");
        _ = tokens.SkipOneOf(Plain) || tokens.SkipOneOf(OtherKinds);
        return tokens.NextObject() is { } said ? Plainly(sql, said) : Statement.Opaque(sql);
    }

    /// <summary>Reads LOCK from behind this word.</summary>
    public static Statement ReadLock(string sql, PostgresTokens tokens)
    {
        tokens.Skip("TABLE");
        var effects = new List<Effect>();
        do
        {
            tokens.Skip("ONLY");
            if (tokens.NextObject() is not { } locked)
            {
                return Statement.Opaque(sql);
            }

            tokens.Skip("*");
            effects.Add(new Effect(EffectKind.AlterObject, locked) { Table = locked });
        } while (tokens.Skip(","));
        return new Statement(sql, effects);
    }

    private static Statement Plainly(string sql, ObjectName altered) =>
        new(sql, [new Effect(EffectKind.AlterObject, altered)]);

    /// <summary>Whether an attribute of a type is named, which the columns of that type lose or get.</summary>
    private static bool HasAttribute(PostgresTokens tokens)
    {
        while (!tokens.AtEnd())
        {
            if (tokens.Skip("ATTRIBUTE"))
            {
                return true;
            }

            tokens.Pass();
        }

        return false;
    }
}
