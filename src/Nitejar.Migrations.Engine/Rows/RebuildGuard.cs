using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas.Comparing;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Rows;

/// <summary>
/// Remembers tables as they were when they were dropped. One whose name from before the step is there again at its end
/// was rebuilt, and has to have its rows, indexes and triggers.
/// </summary>
internal sealed class RebuildGuard(ISession session)
{
    private readonly Dictionary<string, DroppedTable> _dropped = new(session.Dialect.Names);

    private bool _mayRebuild;

    /// <summary>Every table that was dropped and made again so far.</summary>
    public HashSet<string> Rebuilt { get; } = new(session.Dialect.Names);

    /// <summary>A step begins. One that makes no table rebuilds none, and what it drops need not be read.</summary>
    public void BeginStep(StepStatements statements) =>
        _mayRebuild = statements.RunsCode || statements.All.Any(MayMakeTable);

    /// <summary>Notes a statement that is about to be executed.</summary>
    public void Before(Statement statement, EarlierNames earlier, Direction direction)
    {
        foreach (var effect in statement.Effects)
        {
            if (
                _mayRebuild
                && effect.Kind == EffectKind.DropTable
                && earlier.OfTable(effect.Name) is { } name
                && session.Tables.Read(effect.Name) is { } dropped
            )
            {
                var rows = direction == Direction.Up ? RowCounts.Of(session, effect.Name) : 0;
                _dropped.TryAdd(name, new DroppedTable(rows, dropped));
            }
        }
    }

    /// <summary>Compares what the last step dropped with what is there.</summary>
    /// <exception cref="MigrationFailedException">A rebuilt table has lost rows on the way up, or an index or trigger that no statement names.</exception>
    /// <param name="direction">Which way the step went: rows that a Down removes were decided on.</param>
    /// <param name="words">The words of all statements up to now.</param>
    public void EndStep(Direction direction, HashSet<string> words)
    {
        foreach (var (table, before) in _dropped)
        {
            if (session.Tables.Read(table) is not { } rebuilt)
            {
                continue;
            }

            Rebuilt.Add(table);
            if (direction == Direction.Up)
            {
                RequireRows(table, before.Rows);
            }

            RequireObjects(before.Table, rebuilt, words);
        }

        _dropped.Clear();
    }

    private static bool MayMakeTable(Statement statement) =>
        statement.Effects.Count == 0
        || statement.Has(EffectKind.MakeTable)
        || statement.Has(EffectKind.RenameTable);

    private void RequireRows(string table, long before)
    {
        var lost = before - RowCounts.Of(session, table);
        if (lost > 0)
        {
            throw new MigrationFailedException(
                $"Rows would be lost in the rebuild of {table}: {Count.Of(lost, "row")}.",
                "Correct what copies the rows; if they are to go, delete them by a statement of its own before the rebuild."
            );
        }
    }

    private void RequireObjects(Table before, Table rebuilt, HashSet<string> words)
    {
        foreach (var lost in SchemaComparison.Of(before, rebuilt, session.Dialect.Names))
        {
            if (
                lost
                    is not {
                        Kind: DifferenceKind.Index or DifferenceKind.Trigger,
                        After: null,
                        Path.Part: { } name
                    }
                || words.Contains(name.ToLowerInvariant())
            )
            {
                continue;
            }

            var kind = lost.Kind == DifferenceKind.Index ? "index" : "trigger";
            throw new MigrationFailedException(
                $"The {kind} {name} would be lost in the rebuild of {rebuilt.Name}.",
                $"Make it again in the migration, or name it in a DROP {kind.ToUpperInvariant()} if it is to go."
            );
        }
    }

    /// <param name="Rows">How many rows it had, on the way up.</param>
    /// <param name="Table">The table.</param>
    private sealed record DroppedTable(long Rows, Table Table);
}
