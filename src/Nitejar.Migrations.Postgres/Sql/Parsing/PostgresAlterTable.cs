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

    private readonly ObjectName _table;
    private readonly List<Effect> _effects = [];
    private PostgresTokens _tokens;
    private bool _makesUnique;
    private bool _hasOtherEffects;

    private PostgresAlterTable(ObjectName table, PostgresTokens tokens)
    {
        _table = table;
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
        var reader = new PostgresAlterTable(table, tokens);
        return reader.TryReadAll()
            ? new Statement(sql, reader._effects)
            {
                MakesUnique = reader._makesUnique,
                HasOtherEffects = reader._hasOtherEffects,
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

            PassRest();
        } while (_tokens.Skip(","));
        return true;
    }

    private bool TryRead() =>
        _tokens.Skip("ADD") ? TryAdd()
        : _tokens.Skip("DROP") ? TryDrop()
        : _tokens.Skip("ALTER") ? TryAlter()
        : _tokens.Skip("RENAME") ? TryRename()
        : _tokens.Skip("SET", "SCHEMA") ? AddOther()
        : _tokens.SkipOneOf(Plain) || _tokens.Skip("NO", "FORCE") ? AddPlain()
        : AddOther();

    private bool TryAdd()
    {
        if (_tokens.Skip("COLUMN"))
        {
            return TryAddColumn();
        }

        if (_tokens.Skip("CONSTRAINT"))
        {
            return _tokens.NextName() is { } name && AddConstraint(name);
        }

        return IsConstraint() ? AddConstraint(name: null) : TryAddColumn();
    }

    private readonly bool IsConstraint()
    {
        var ahead = _tokens;
        return ahead.SkipOneOf("CHECK", "UNIQUE", "PRIMARY", "FOREIGN", "NOT")
            || (ahead.Skip("EXCLUDE") && (ahead.Is("USING") || ahead.Is("(")));
    }

    private bool TryAddColumn()
    {
        var onlyIfMissing = _tokens.SkipIfNotExists();
        if (_tokens.NextName() is not { } column)
        {
            return false;
        }

        _effects.Add(
            new Effect(EffectKind.AddColumn, _table, column) { OnlyIfMissing = onlyIfMissing }
        );
        var from = _tokens;
        PassRest();
        var declaration = from.TextTo(_tokens);
        PostgresCreate.AddReferences(declaration, _table, _effects);
        _hasOtherEffects |= PostgresFunctions.AreCalledIn(declaration);
        return true;
    }

    /// <summary>A constraint that is kept by an index gives the index its name.</summary>
    private bool AddConstraint(string? name)
    {
        if (_tokens.Skip("FOREIGN"))
        {
            var from = _tokens;
            PassRest();
            PostgresCreate.AddReferences(from.TextTo(_tokens), _table, _effects);
            return true;
        }

        var isUnique = _tokens.Is("UNIQUE") || _tokens.Is("PRIMARY");
        var makesIndex = isUnique || _tokens.Is("EXCLUDE");
        while (isUnique && !_tokens.AtEnd() && !_tokens.Is("("))
        {
            if (_tokens.Skip("USING", "INDEX"))
            {
                return AddPlain();
            }

            _tokens.Pass();
        }

        _makesUnique |= isUnique;
        if (!makesIndex || name is null)
        {
            return AddPlain();
        }

        _effects.Add(
            new Effect(EffectKind.MakeIndex, new ObjectName(_table.Schema, name)) { Table = _table }
        );
        return true;
    }

    private bool TryDrop()
    {
        if (_tokens.Skip("CONSTRAINT"))
        {
            return AddPlain();
        }

        _tokens.Skip("COLUMN");
        _tokens.SkipIfExists();
        if (_tokens.NextName() is not { } column)
        {
            return false;
        }

        _effects.Add(new Effect(EffectKind.DropColumn, _table, column));
        _hasOtherEffects |= _tokens.Is("CASCADE");
        return true;
    }

    /// <summary>Another type gives every row another value.</summary>
    private bool TryAlter()
    {
        if (_tokens.Skip("CONSTRAINT"))
        {
            return AddPlain();
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
            _effects.Add(new Effect(EffectKind.Update, _table, column) { IsOfAllRows = true });
            return true;
        }

        return AddPlain();
    }

    private bool TryRename()
    {
        if (_tokens.Skip("TO"))
        {
            return TryAddRename(EffectKind.RenameTable, column: null);
        }

        if (_tokens.Skip("CONSTRAINT"))
        {
            return AddPlain();
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

        _effects.Add(new Effect(kind, _table, column, name));
        return true;
    }

    /// <summary>Told once, whatever the number of clauses.</summary>
    private readonly bool AddPlain()
    {
        foreach (var effect in _effects)
        {
            if (effect.Kind == EffectKind.AlterObject)
            {
                return true;
            }
        }

        _effects.Add(new Effect(EffectKind.AlterObject, _table) { Table = _table });
        return true;
    }

    /// <summary>Rows go to another schema, or come and go with a partition or a child.</summary>
    private bool AddOther()
    {
        _hasOtherEffects = true;
        return true;
    }

    /// <summary>Reads up to the comma before the next clause.</summary>
    private void PassRest()
    {
        while (!_tokens.AtEnd() && !_tokens.Is(","))
        {
            if (!_tokens.SkipNested())
            {
                _tokens.Pass();
            }
        }
    }
}
