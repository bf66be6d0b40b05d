using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sql.Lexing;

namespace Nitejar.Migrations.Postgres.Sql.Parsing;

/// <summary>Reads statements that drop objects, from behind DROP.</summary>
internal static class PostgresDrop
{
    /// <summary>Kinds of objects that hold no rows. What depends on them may: a column of a type, for example.</summary>
    private static readonly string[] Plain =
    [
        "SEQUENCE",
        "TYPE",
        "DOMAIN",
        "FUNCTION",
        "PROCEDURE",
        "ROUTINE",
        "AGGREGATE",
        "SCHEMA",
        "POLICY",
        "STATISTICS",
        "COLLATION",
    ];

    public static Statement Read(string sql, PostgresTokens tokens)
    {
        EffectKind? kind =
            tokens.Skip("TABLE") ? EffectKind.DropTable
            : tokens.SkipOneOf("INDEX", "VIEW", "TRIGGER") || tokens.Skip("MATERIALIZED", "VIEW")
                ? EffectKind.DropObject
            : tokens.SkipOneOf(Plain) ? EffectKind.AlterObject
            : null;
        tokens.Skip("CONCURRENTLY");
        var onlyIfThere = tokens.SkipIfExists();
        var effects = new List<Effect>();
        do
        {
            if (kind is null || tokens.NextObject() is not { } dropped)
            {
                return Statement.Opaque(sql);
            }

            // The arguments of a function.
            tokens.SkipNested();
            var table = tokens.Skip("ON") ? tokens.NextObject() : null;
            effects.Add(
                new Effect(kind.Value, Within(table, dropped))
                {
                    Table = table,
                    IsToldBySuccess =
                        kind == EffectKind.DropTable && dropped.Schema is not null && !onlyIfThere,
                }
            );
        } while (tokens.Skip(","));

        var cascades = tokens.Skip("CASCADE");
        return cascades && kind == EffectKind.AlterObject
            ? Statement.Opaque(sql)
            : new Statement(sql, effects) { HasOtherEffects = cascades };
    }

    /// <summary>A trigger is in the schema of its table.</summary>
    private static ObjectName Within(ObjectName? table, ObjectName dropped) =>
        table is null ? dropped : new ObjectName(table.Schema, dropped.Name);
}
