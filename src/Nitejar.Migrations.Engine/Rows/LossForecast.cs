using System.Data.Common;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Rows;

/// <summary>
/// Counts what statements would remove, without executing them: what the tables and columns hold that they drop, and the rows
/// that they delete or change. A table that another one replaces, which was filled before, is rebuilt; how many rows that
/// one gets is known when it is run.
/// </summary>
internal static class LossForecast
{
    public static IReadOnlyList<DataLoss> Of(ISession session, IReadOnlyList<Statement> statements)
    {
        var losses = new List<DataLoss>();
        var filled = new HashSet<string>(session.Dialect.Names);
        foreach (var statement in statements)
        {
            losses.AddRange(RowsOf(session, statement));
            foreach (var effect in statement.Effects)
            {
                if (LossOf(session, effect) is { Rows: > 0 } loss)
                {
                    losses.Add(loss);
                }
                else if (effect.Kind == EffectKind.Insert)
                {
                    filled.Add(effect.Name);
                }
                else if (effect.Kind == EffectKind.RenameTable && filled.Contains(effect.Name))
                {
                    losses.RemoveAll(known =>
                        known.Column is null
                        && session.Dialect.Names.Equals(known.Table, effect.NewName)
                    );
                }
            }
        }

        return losses;
    }

    /// <summary>What a DELETE or an UPDATE finds now. One that depends on statements before it, or is written in other ways, is not counted.</summary>
    private static IEnumerable<DataLoss> RowsOf(ISession session, Statement statement)
    {
        if (
            statement.Effects
                is not [
                    { Kind: EffectKind.Delete or EffectKind.Update, IsOfAllRows: false } first,
                    ..,
                ]
            || session.Tables.Find(first.Name) is not { } table
            || session.Dialect.CountQuery(statement) is not { } query
            || TryCount(session, query) is not (> 0 and var rows)
        )
        {
            return [];
        }

        return first.Kind == EffectKind.Delete
            ? [new DataLoss(table.Name, Column: null, rows)]
            : statement
                .Of(EffectKind.Update)
                .Where(effect => table.HasColumns([effect.Column!]))
                .Select(effect => new DataLoss(table.Name, effect.Column, rows)
                {
                    IsChange = true,
                });
    }

    private static long? TryCount(ISession session, string query)
    {
        const string savepoint = "SAVEPOINT nitejar_count";
        if (session.IsPooled)
        {
            // An error would end the transaction in which all is read.
            session.Execute(savepoint);
        }

        try
        {
            return session.Number(query);
        }
        catch (DbException e) when (session.Dialect.IsAboutNames(e))
        {
            if (session.IsPooled)
            {
                session.Execute($"ROLLBACK TO {savepoint}");
            }

            // It names what a statement before it makes.
            return null;
        }
    }

    /// <summary>What a table or a column holds that is dropped, or of which all is changed or deleted; <see langword="null"/> for other effects.</summary>
    private static DataLoss? LossOf(ISession session, Effect effect) =>
        (effect.IsOfAllRows || effect.Kind is EffectKind.DropTable or EffectKind.DropColumn)
        && session.Tables.Find(effect.Name) is { } table
            ? new DataLoss(table.Name, effect.Column, session.Count(table, effect.Column))
            {
                IsChange = effect.Kind == EffectKind.Update,
            }
            : null;
}
