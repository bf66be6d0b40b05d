using Nitejar.Migrations.Engine.Databases.Sqlite.Schema;
using Nitejar.Migrations.Engine.Databases.Sqlite.Sql;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Scratch;

/// <summary>Tells from statements which rows they may change or delete, through foreign keys too.</summary>
internal static class SqliteRowEffects
{
    public static RowEffects Of(string sql, DatabaseSchema before)
    {
        var tables = new Dictionary<string, IReadOnlySet<string>?>(SqliteNames.Comparer);
        var unknown = false;
        foreach (var text in SqliteStatements.Split(sql))
        {
            unknown |= !Add(tables, SqliteStatement.Parse(text.Sql), before);
        }

        AddChildren(tables, before);
        return new RowEffects(tables) { AreUnknown = unknown };
    }

    /// <returns>Whether it can be told.</returns>
    private static bool Add(
        Dictionary<string, IReadOnlySet<string>?> tables,
        Statement statement,
        DatabaseSchema before
    )
    {
        if (statement.IsOpaque && WritesRows(statement.Sql))
        {
            return false;
        }

        var isKnown = true;
        foreach (var effect in statement.Effects)
        {
            if (effect.Kind is EffectKind.Insert or EffectKind.Update or EffectKind.Delete)
            {
                isKnown &= !FiresTriggers(effect.Name, before);
            }

            if (effect.Kind == EffectKind.Delete)
            {
                tables[effect.Name] = null;
            }
            else if (effect.Kind == EffectKind.Update)
            {
                AddColumn(tables, effect.Name, effect.Column!);
            }
            else if (
                effect.Kind == EffectKind.RenameTable
                && tables.TryGetValue(effect.Name, out var known)
            )
            {
                tables[effect.NewName!] = known;
            }
        }

        return isKnown;
    }

    private static void AddColumn(
        Dictionary<string, IReadOnlySet<string>?> tables,
        string table,
        string column
    )
    {
        if (tables.TryGetValue(table, out var known) && known is null)
        {
            return;
        }

        tables[table] = (known ?? new HashSet<string>())
            .Append(column)
            .ToHashSet(SqliteNames.Comparer);
    }

    private static bool FiresTriggers(string table, DatabaseSchema before) =>
        before.Tables.Any(t =>
            SqliteNames.Comparer.Equals(t.Name.Name, table) && t.Triggers.Count > 0
        ) || before.Views.Any(v => SqliteNames.Comparer.Equals(v.Name.Name, table));

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

    /// <summary>What a foreign key does to rows when their parents go or change.</summary>
    private static void AddChildren(
        Dictionary<string, IReadOnlySet<string>?> tables,
        DatabaseSchema before
    )
    {
        for (var found = true; found; )
        {
            found = false;
            foreach (var child in before.Tables.Where(t => IsUntouched(t.Name.Name)))
            {
                if (child.ForeignKeys.Any(key => tables.ContainsKey(key.Table.Name) && Acts(key)))
                {
                    tables[child.Name.Name] = null;
                    found = true;
                }
            }
        }

        bool IsUntouched(string table) =>
            !tables.TryGetValue(table, out var columns) || columns is not null;
    }

    private static bool Acts(ForeignKey key) => Acts(key.OnDelete) || Acts(key.OnUpdate);

    private static bool Acts(ReferentialAction action) =>
        action
            is ReferentialAction.Cascade
                or ReferentialAction.SetNull
                or ReferentialAction.SetDefault;
}
