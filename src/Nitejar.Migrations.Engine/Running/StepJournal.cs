using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Running.Transactions;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>Writes what a run does into the history tables.</summary>
internal sealed class StepJournal(
    MigrationTransaction transaction,
    RunContext run,
    MigrationCompiler compiler
)
{
    private readonly RunOrigin _origin = run.Origin();

    /// <summary>The entry of a step that begins now.</summary>
    public JournalEntry NewEntry(PlanStep step) =>
        new(
            Id: 0,
            run.Progress.RunId,
            step.Id,
            step.Direction,
            step.Direction == Direction.Up ? JournalOutcome.Applied : JournalOutcome.Reverted,
            Checksum: null,
            Reversal.None,
            ReversalNote: null,
            _origin,
            DateTime.UtcNow,
            TimeSpan.Zero
        );

    /// <summary>Records that a single statement of the step begins, with the SQL that settles the step if it is interrupted.</summary>
    public void Start(PlanStep step, MigrationScript script, int statement)
    {
        var entry = NewEntry(step) with { Outcome = JournalOutcome.Started, Statement = statement };
        if (step.Direction == Direction.Up)
        {
            AppendUp(entry, step.Known!, script, definitions: null);
            return;
        }

        var needsClass = script.RunsCode || script.IsUnrestricted;
        var reversal = needsClass ? Reversal.Code : Reversal.Sql;
        transaction.AppendJournal(
            entry with
            {
                Reversal = reversal,
            },
            new JournalSql(UpSql: null, needsClass ? null : script.Sql)
        );
    }

    /// <summary>Records that a single statement of the step was executed.</summary>
    public void Executed(PlanStep step, int statement) =>
        transaction.AppendJournal(
            NewEntry(step) with
            {
                Outcome = JournalOutcome.Executed,
                Statement = statement,
            },
            new JournalSql(UpSql: null, DownSql: null)
        );

    /// <summary>Records the end of a step. A Down without a transaction is no longer applied since it began.</summary>
    /// <param name="step">The step.</param>
    /// <param name="entry">Its entry.</param>
    /// <param name="script">What was executed.</param>
    /// <param name="definitions">What has changed in the schema, with the last row of what is committed together.</param>
    public void End(PlanStep step, JournalEntry entry, MigrationScript script, string? definitions)
    {
        if (step.Direction == Direction.Down)
        {
            if (step.RunsInTransaction)
            {
                transaction.RemoveApplied(step.Id.Version);
            }

            transaction.AppendJournal(
                entry,
                new JournalSql(UpSql: null, script.Sql) { Definitions = definitions }
            );
            return;
        }

        transaction.AddApplied(step.Id, step.Known!.Description);
        var journaled = AppendUp(
            entry with
            {
                Checksum = ChecksumOf(step.Known, script),
            },
            step.Known,
            script,
            definitions
        );
        run.Progress.Warn(DownWarnings.Of(step.Known, script, journaled));
        run.Progress.Warn(journaled.LeftOut);
    }

    /// <summary>Records a migration whose objects were there already.</summary>
    /// <param name="step">The step.</param>
    /// <param name="adoption">What is kept with the last migration of an adoption; <see langword="null"/> for any other.</param>
    /// <param name="definitions">As for <see cref="End"/>.</param>
    public void Adopt(PlanStep step, Adoption? adoption, string? definitions)
    {
        var script = compiler.Compile(step.Known!, Direction.Up, schema: null);
        transaction.AddApplied(step.Id, step.Known!.Description);
        transaction.AppendJournal(
            NewEntry(step) with
            {
                Outcome = JournalOutcome.Adopted,
                Checksum = script.Checksum,
                ReversalNote = adoption is { Notes.Count: > 0 }
                    ? string.Join('\n', adoption.Notes)
                    : null,
            },
            new JournalSql(script.Sql, DownSql: null)
            {
                AdoptedSchema = adoption?.FoundSchema,
                Definitions = definitions,
            }
        );
    }

    /// <summary>Records a changed Up that was accepted.</summary>
    public void Accept(KnownMigration known)
    {
        var journaled = transaction.ReadJournalState().Ups[known.Id.Version];
        var script = compiler.Compile(known, Direction.Up, schema: null);
        transaction.AppendJournal(
            journaled with
            {
                RunId = run.Progress.RunId,
                Outcome =
                    journaled.Outcome == JournalOutcome.Adopted
                        ? JournalOutcome.Adopted
                        : JournalOutcome.Accepted,
                Checksum = ChecksumOf(known, script),
                Origin = _origin,
                StartedAt = DateTime.UtcNow,
                Duration = TimeSpan.Zero,
            },
            transaction.ReadJournalSql(journaled.Id) with
            {
                UpSql = script.Sql,
                Definitions = null,
            }
        );
    }

    private string? ChecksumOf(KnownMigration known, MigrationScript script) =>
        VaryingUp.ChecksumOf(known, script, compiler, run.Progress.StartedAt);

    /// <summary>Evaluates the Down while the database is as the Up leaves it, so that any binary can revert later.</summary>
    private ReversalOfUp AppendUp(
        JournalEntry entry,
        KnownMigration known,
        MigrationScript script,
        string? definitions
    )
    {
        var down = ReversalOf(known);
        transaction.AppendJournal(
            entry with
            {
                Reversal = down.Reversal,
                ReversalNote = down.Note,
            },
            new JournalSql(script.Sql, down.Sql) { Definitions = definitions }
        );
        return down;
    }

    private ReversalOfUp ReversalOf(KnownMigration known)
    {
        try
        {
            var down = compiler.Compile(known, Direction.Down, transaction.Schema);
            var reversal =
                down.RunsCode || down.IsUnrestricted
                    ? new ReversalOfUp(Reversal.Code, down.Sql, Sql: null)
                    : new ReversalOfUp(Reversal.Sql, Note: null, down.Sql);
            return reversal with
            {
                LeftOut = PreparedStep.LeftOutOf(known.Id, Direction.Down, down),
            };
        }
        catch (MigrationFailedException e)
        {
            return new ReversalOfUp(
                Reversal.None,
                compiler.Clean(e.InnerException?.Message.Trim() ?? e.Message),
                Sql: null
            );
        }
    }
}
