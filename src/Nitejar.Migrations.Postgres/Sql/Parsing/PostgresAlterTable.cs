using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sql.Lexing;

namespace Nitejar.Migrations.Postgres.Sql.Parsing;

/// <summary>Reads ALTER TABLE, which may do several things to its table.</summary>
internal ref struct PostgresAlterTable
{
    /// <summary>What stands first in clauses that touch no rows.</summary>
    private static readonly string[] Plain =
    [
        "SET",
        "RESET",
        "OWNER",
        "VALIDATE",
        "ENABLE",
        "DISABLE",
        "FORCE",
        "CLUSTER",
        "REPLICA",
    ];

    private readonly AlteredTable _altered;
    private PostgresTokens _tokens;

    private PostgresAlterTable(AlteredTable altered, PostgresTokens tokens)
    {
        _altered = altered;
        _tokens = tokens;
    }

    /// <summary>Reads a statement from behind ALTER TABLE.</summary>
    public static Statement Read(string sql, PostgresTokens tokens)
    {
        tokens.SkipIfExists();
        tokens.Skip("ONLY");
        if (tokens.Skip("ALL", "IN") || tokens.NextObject() is not { } table)
        {
            return Statement.Opaque(sql);
        }

        tokens.Skip("*");
        var altered = new AlteredTable(table);
        return new PostgresAlterTable(altered, tokens).TryReadAll()
            ? new Statement(sql, altered.Effects)
            {
                MakesUnique = altered.MakesUnique,
                HasOtherEffects = altered.HasOtherEffects,
            }
            : Statement.Opaque(sql);
    }

    private bool TryReadAll()
    {
        do
        {
            if (!TryRead())
            {
                return false;
            }

            PassRest(ref _tokens);
        } while (_tokens.Skip(","));
        return true;
    }

    private bool TryRead() =>
        _tokens.Skip("ADD") ? PostgresAddClause.TryRead(ref _tokens, _altered)
        : _tokens.Skip("DROP") ? TryDrop()
        : _tokens.Skip("ALTER") ? TryAlter()
        : _tokens.Skip("RENAME") ? TryRename()
        : _tokens.Skip("SET", "SCHEMA") ? _altered.AddOther()
        : _tokens.SkipOneOf(Plain) || _tokens.Skip("NO", "FORCE") ? _altered.AddPlain()
        : _altered.AddOther();

    private bool TryDrop()
    {
        if (_tokens.Skip("CONSTRAINT"))
        {
            return _altered.AddPlain();
        }

        _tokens.Skip("COLUMN");
        _tokens.SkipIfExists();
        if (_tokens.NextName() is not { } column)
        {
            return false;
        }

        _altered.Add(new Effect(EffectKind.DropColumn, _altered.Table, column));
        _altered.HasOtherEffects |= _tokens.Is("CASCADE");
        return true;
    }

    /// <summary>Another type gives every row another value.</summary>
    private bool TryAlter()
    {
        if (_tokens.Skip("CONSTRAINT"))
        {
            return _altered.AddPlain();
        }

        _tokens.Skip("COLUMN");
        if (_tokens.NextName() is not { } column)
        {
            return false;
        }

        if (
            _tokens.Skip("TYPE")
            || _tokens.Skip("SET", "DATA")
            || _tokens.Skip("SET", "EXPRESSION")
        )
        {
            _altered.Add(
                new Effect(EffectKind.Update, _altered.Table, column) { IsOfAllRows = true }
            );
            return true;
        }

        return _altered.AddPlain();
    }

    private bool TryRename()
    {
        if (_tokens.Skip("TO"))
        {
            return TryAddRename(EffectKind.RenameTable, column: null);
        }

        if (_tokens.Skip("CONSTRAINT"))
        {
            return _altered.AddPlain();
        }

        _tokens.Skip("COLUMN");
        return _tokens.NextName() is { } column
            && _tokens.Skip("TO")
            && TryAddRename(EffectKind.RenameColumn, column);
    }

    private bool TryAddRename(EffectKind kind, string? column)
    {
        if (_tokens.NextName() is not { } name)
        {
            return false;
        }

        _altered.Add(new Effect(kind, _altered.Table, column, name));
        return true;
    }

    /// <summary>Reads up to the comma before the next clause.</summary>
    public static void PassRest(ref PostgresTokens tokens)
    {
        while (!tokens.AtEnd() && !tokens.Is(","))
        {
            if (!tokens.SkipNested())
            {
                tokens.Pass();
            }
        }
    }
}
