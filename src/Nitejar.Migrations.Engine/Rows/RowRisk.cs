using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Rows;

/// <summary>Tells statements that can only add from those that may remove rows or change them.</summary>
internal static class RowRisk
{
    /// <summary>Whether one of the statements may touch rows that are there.</summary>
    public static bool Of(ISession session, IReadOnlyList<Statement> statements) =>
        statements.Any(s => !s.OnlyAdds && !OnlyInserts(s))
        || (
            statements.Any(s => s.Has(EffectKind.Insert))
            && (statements.Any(MayReplace) || session.Tables.MayReplaceRows())
        );

    private static bool OnlyInserts(Statement statement) =>
        statement is { Effects.Count: > 0, HasOtherEffects: false }
        && statement.Effects.All(effect => effect.Kind == EffectKind.Insert);

    /// <summary>What an INSERT sets off: triggers, and constraints that replace the row that is in the way.</summary>
    private static bool MayReplace(Statement statement) =>
        statement.Sql.Contains("TRIGGER", StringComparison.OrdinalIgnoreCase)
        || statement.Sql.Contains("REPLACE", StringComparison.OrdinalIgnoreCase);
}
