using System.Diagnostics;
using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>Runs the steps of one plan inside one transaction.</summary>
internal sealed class PlanRun(
    DatabaseProvider provider,
    IMigrationTransaction transaction,
    RunContext run
)
{
    private readonly RunOrigin _origin = run.Origin();
    private readonly RunProgress _progress = run.Progress;
    private readonly MigrationCompiler _compiler = new(provider);

    /// <summary>Looks for what would stop the plan half-way, before anything is touched.</summary>
    /// <exception cref="CheckFailedException">An applied migration has changed.</exception>
    /// <exception cref="RefusedException">A Down of the chain cannot be evaluated.</exception>
    public void Check(MigrationPlan plan, MigrationCatalog catalog, MigrationHistory history)
    {
        var downs = plan.Steps.Where(step => step.Direction == Direction.Down).ToArray();
        if (downs.Length == 0)
        {
            ChangedMigrations.RequireNone(plan, catalog, history, transaction, _compiler);
        }

        // SQL from the journal cannot throw when it is evaluated; a class can.
        foreach (var down in downs.Where(step => step.Known is not null))
        {
            _ = StepScript.Of(down, transaction, _compiler);
        }
    }

    public void Execute(MigrationPlan plan)
    {
        foreach (var known in plan.AcceptedChanges)
        {
            Accept(known);
        }

        for (var i = 0; i < plan.Steps.Count; i++)
        {
            try
            {
                Execute(plan.Steps[i], i);
            }
            catch
            {
                _progress.Failed(i);
                throw;
            }
        }
    }

    private void Execute(PlanStep step, int index)
    {
        var startedAt = DateTime.UtcNow;
        var clock = Stopwatch.StartNew();
        var script = StepScript.Of(step, transaction, _compiler);
        run.Observer.StepStarting(step.Id, step.Direction, script.Sql);

        transaction.BeginStep(
            new StepScope(step.Id, step.Direction, _progress.RunId, run.Settings.KeepRows)
        );
        var statements = Execute(step, script);
        var data = transaction.EndStep();
        var entry = new JournalEntry(
            Id: 0,
            _progress.RunId,
            step.Id,
            step.Direction,
            step.Direction == Direction.Up ? JournalOutcome.Applied : JournalOutcome.Reverted,
            step.Direction == Direction.Up ? script.Checksum : null,
            Reversal.None,
            ReversalNote: null,
            _origin,
            startedAt,
            clock.Elapsed
        );
        Record(step, entry, script);
        _progress.Executed(index, statements, clock.Elapsed, data);
    }

    private void Record(PlanStep step, JournalEntry entry, MigrationScript script)
    {
        if (step.Direction == Direction.Down)
        {
            transaction.RemoveApplied(step.Id.Version);
            transaction.AppendJournal(entry, new JournalSql(UpSql: null, script.Sql));
            return;
        }

        var (reversal, note, downSql) = ReversalOf(step.Known!);
        transaction.AddApplied(step.Id, step.Known!.Description);
        transaction.AppendJournal(
            entry with
            {
                Reversal = reversal,
                ReversalNote = note,
            },
            new JournalSql(script.Sql, downSql)
        );
    }

    private int Execute(PlanStep step, MigrationScript script)
    {
        var statements = 0;
        foreach (var operation in script.Operations)
        {
            try
            {
                statements += transaction.Execute(operation);
            }
            catch (StatementException e)
            {
                throw Failure(step, operation, statements, e);
            }
        }

        return statements;
    }

    private MigrateException Failure(
        PlanStep step,
        MigrationOperation operation,
        int statementsBefore,
        StatementException failure
    )
    {
        if (step.Direction == Direction.Up && transaction.CollidesWithExisting(failure))
        {
            return new RefusedException(
                $"{step.Id} makes something that the database has already: {failure.Message}.",
                "Another tool has probably made this schema; compare it with `schema` and `script up` before anything else."
            )
            {
                Detail = Excerpt(failure.Sql),
            };
        }

        var firstLine = operation is SqlOperation sql ? sql.Line : 1;
        return new MigrationFailedException(
            $"{step.Id} failed going {(step.Direction == Direction.Up ? "up" : "down")} at statement {statementsBefore + failure.Statement}, line {firstLine + failure.Line - 1}: {failure.Message}.",
            "Correct the migration or the data it meets, and run the command again.",
            failure
        )
        {
            Detail = failure.Sql.Length == 0 ? null : Excerpt(failure.Sql),
        };
    }

    /// <summary>The beginning: a statement that cannot be parsed comes with all that follows it.</summary>
    private static string Excerpt(string sql)
    {
        const int lines = 12;
        const int characters = 1000;
        var shown = string.Join(
            '\n',
            sql[..Math.Min(sql.Length, characters)].Split('\n').Take(lines)
        );
        return shown.Length < sql.Length ? shown + " ..." : shown;
    }

    /// <summary>Evaluates the Down while the database is as the Up left it, so that any binary can revert later.</summary>
    private (Reversal Reversal, string? Note, string? DownSql) ReversalOf(KnownMigration known)
    {
        try
        {
            var down = _compiler.Compile(known, Direction.Down, transaction.Schema);
            return down.RunsCode ? (Reversal.Code, down.Sql, null) : (Reversal.Sql, null, down.Sql);
        }
        catch (MigrationFailedException e)
        {
            return (Reversal.None, e.InnerException?.Message.Trim() ?? e.Message, null);
        }
    }

    private void Accept(KnownMigration known)
    {
        var journaled = transaction.ReadJournaledUps()[known.Id.Version];
        var script = _compiler.Compile(known, Direction.Up, schema: null);
        transaction.AppendJournal(
            journaled with
            {
                RunId = _progress.RunId,
                Outcome =
                    journaled.Outcome == JournalOutcome.Adopted
                        ? JournalOutcome.Adopted
                        : JournalOutcome.Accepted,
                Checksum = script.Checksum,
                Origin = _origin,
                StartedAt = DateTime.UtcNow,
                Duration = TimeSpan.Zero,
            },
            new JournalSql(script.Sql, transaction.ReadJournalSql(journaled.Id).DownSql)
        );
    }
}
