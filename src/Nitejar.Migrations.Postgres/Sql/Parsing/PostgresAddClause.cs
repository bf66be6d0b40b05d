using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sql.Lexing;

namespace Nitejar.Migrations.Postgres.Sql.Parsing;

/// <summary>Reads the clause of ALTER TABLE that adds a column or a constraint.</summary>
internal static class PostgresAddClause
{
    /// <summary>Reads it from behind ADD.</summary>
    /// <returns>Whether it can be told what it adds.</returns>
    public static bool TryRead(ref PostgresTokens tokens, AlteredTable altered)
    {
        if (tokens.Skip("COLUMN"))
        {
            return TryAddColumn(ref tokens, altered);
        }

        if (tokens.Skip("CONSTRAINT"))
        {
            return tokens.NextName() is { } name && AddConstraint(name, ref tokens, altered);
        }

        return IsConstraint(tokens)
            ? AddConstraint(name: null, ref tokens, altered)
            : TryAddColumn(ref tokens, altered);
    }

    private static bool IsConstraint(PostgresTokens ahead)
    {
        return ahead.SkipOneOf("CHECK", "UNIQUE", "PRIMARY", "FOREIGN", "NOT")
            || (ahead.Skip("EXCLUDE") && (ahead.Is("USING") || ahead.Is("(")));
    }

    private static bool TryAddColumn(ref PostgresTokens tokens, AlteredTable altered)
    {
        var onlyIfMissing = tokens.SkipIfNotExists();
        if (tokens.NextName() is not { } column)
        {
            return false;
        }

        altered.Add(
            new Effect(EffectKind.AddColumn, altered.Table, column)
            {
                OnlyIfMissing = onlyIfMissing,
            }
        );
        var from = tokens;
        PostgresAlterTable.PassRest(ref tokens);
        var declaration = from.TextTo(tokens);
        PostgresCreate.AddReferences(declaration, altered.Table, altered.Effects);
        altered.HasOtherEffects |= PostgresFunctions.AreCalledIn(declaration);
        return true;
    }

    /// <summary>A constraint that is kept by an index gives the index its name.</summary>
    private static bool AddConstraint(string? name, ref PostgresTokens tokens, AlteredTable altered)
    {
        if (tokens.Skip("FOREIGN"))
        {
            var from = tokens;
            PostgresAlterTable.PassRest(ref tokens);
            PostgresCreate.AddReferences(from.TextTo(tokens), altered.Table, altered.Effects);
            return true;
        }

        var isUnique = tokens.Is("UNIQUE") || tokens.Is("PRIMARY");
        var makesIndex = isUnique || tokens.Is("EXCLUDE");
        while (isUnique && !tokens.AtEnd() && !tokens.Is("("))
        {
            if (tokens.Skip("USING", "INDEX"))
            {
                return altered.AddPlain();
            }

            tokens.Pass();
        }

        altered.MakesUnique |= isUnique;
        if (!makesIndex || name is null)
        {
            return altered.AddPlain();
        }

        return altered.Add(
            new Effect(EffectKind.MakeIndex, new ObjectName(altered.Table.Schema, name))
            {
                Table = altered.Table,
            }
        );
    }
}
