using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Running;

/// <summary>The tables that <c>TRUNCATE ... CASCADE</c> empties, which its words do not name.</summary>
internal static class TruncatedTables
{
    /// <summary>The statement with them, where it is one; those of other schemas stay unknown.</summary>
    public static Statement AddTo(Statement statement, NpgsqlConnection connection, string schema)
    {
        if (
            !statement.HasOtherEffects
            || statement.Effects.Count == 0
            || !statement.Effects.All(Empties)
        )
        {
            return statement;
        }

        var referring = connection.Query(
            """
            WITH RECURSIVE reached AS (
                SELECT c.oid FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
                WHERE n.nspname = @schema AND c.relname = ANY (string_to_array(@tables, chr(31)))
                UNION
                SELECT k.conrelid FROM pg_constraint AS k JOIN reached AS r ON k.confrelid = r.oid WHERE k.contype = 'f'
            )
            SELECT c.relname::text FROM reached JOIN pg_class AS c USING (oid) JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname = @schema AND c.relname <> ALL (string_to_array(@tables, chr(31))) AND NOT c.relispartition
            ORDER BY c.relname
            """,
            row => new Effect(EffectKind.Delete, new ObjectName(null, row.GetString(0)))
            {
                IsOfAllRows = true,
            },
            ("@schema", schema),
            ("@tables", string.Join('\u001f', statement.Effects.Select(effect => effect.Name)))
        );
        return statement with { Effects = [.. statement.Effects, .. referring] };
    }

    private static bool Empties(Effect effect) =>
        effect is { Kind: EffectKind.Delete, IsOfAllRows: true };
}
