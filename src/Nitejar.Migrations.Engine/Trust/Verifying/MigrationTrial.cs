using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Engine.Trust.Verifying.Comparing;

namespace Nitejar.Migrations.Engine.Trust.Verifying;

/// <summary>
/// Tries one migration on the state that those before it have left: up and down with the rows of the tables that it
/// finds, then once more with rows in what it makes.
/// </summary>
internal sealed class MigrationTrial(
    TrialDatabase database,
    KnownMigration migration,
    Func<MigrationScript> evaluateUp
)
{
    private readonly List<Finding> _findings = [];
    private readonly List<string> _notes = [];
    private VerifiedMigration _result = new(migration.Id, VerifyOutcome.Passed, [], []);

    /// <summary>Whether the migration is applied at the end, so that the next one can be tried.</summary>
    public bool IsApplied { get; private set; }

    /// <summary>Whether its Downs came to their end.</summary>
    public bool IsReversible { get; private set; } = true;

    /// <summary>Where rows are lost as its author has declared.</summary>
    public HashSet<string> DeclaredLosses { get; } = [];

    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public VerifiedMigration Run()
    {
        _notes.AddRange(database.Seed());
        _result = _result with { Rows = database.CountRows() };
        using (var before = database.Keep())
        {
            if (TryWithRowsFound(before))
            {
                TryWithRowsMade(before.Schema);
            }
        }

        if (migration.LosesData is { } reason)
        {
            _notes.Add(
                DeclaredLosses.Count > 0
                    ? $"Loses data of {string.Join(", ", DeclaredLosses)}, as it declares: {reason}"
                    : "It declares that it loses data, and here it loses none."
            );
        }

        return _result with
        {
            Outcome = _findings.Count == 0 ? VerifyOutcome.Passed : VerifyOutcome.Failed,
            Findings = _findings,
            Notes = [.. _notes.Distinct()],
        };
    }

    private bool TryWithRowsFound(IScratchState before)
    {
        var effects = EffectsOfUp(before.Schema);
        if (!Up(VerifyCheck.Applies, time => _result = _result with { Up = time }))
        {
            return false;
        }

        using var applied = database.Keep();
        Add(database.Comparison.OfSurvivors(effects, before, applied));
        if (migration.IsForwardOnly)
        {
            _notes.Add("It has no Down (ForwardOnlyMigration), so only its Up was tried.");
            _notes.AddRange(database.Seed());
            return false;
        }

        if (!Down())
        {
            return false;
        }

        using (var reverted = database.Keep())
        {
            Add(database.Comparison.OfSchemas(VerifyCheck.Undoes, before.Schema, reverted.Schema));
            Add(database.Comparison.OfRows(VerifyCheck.Undoes, before, reverted));
            _notes.AddRange(
                database
                    .Comparison.OrderedOtherwise(before.Schema, reverted.Schema)
                    .Select(table => $"The columns of {table} are in another order after the Down.")
            );
        }

        if (!Up(VerifyCheck.AppliesAgain, _ => { }))
        {
            return false;
        }

        if (_findings.Count == 0)
        {
            // Else it would be found twice.
            using var again = database.Keep();
            Add(
                database.Comparison.OfSchemas(
                    VerifyCheck.AppliesAgain,
                    applied.Schema,
                    again.Schema
                )
            );
            Add(database.Comparison.OfRows(VerifyCheck.AppliesAgain, applied, again));
        }

        return true;
    }

    private void TryWithRowsMade(DatabaseSchema before)
    {
        _notes.AddRange(database.Seed());
        _result = _result with { Rows = database.CountRows() };
        using var filled = database.Keep();
        if (!Down())
        {
            return;
        }

        if (_findings.Count == 0)
        {
            using var reverted = database.Keep();
            Add(database.Comparison.OfSchemas(VerifyCheck.Undoes, before, reverted.Schema));
        }

        if (!Up(VerifyCheck.AppliesAgain, time => _result = _result with { UpAgain = time }))
        {
            return;
        }

        using var restored = database.Keep();
        if (_findings.Count == 0)
        {
            Add(
                database.Comparison.OfSchemas(VerifyCheck.Restores, filled.Schema, restored.Schema)
            );
            Add(database.Comparison.OfRows(VerifyCheck.Restores, filled, restored));
        }
    }

    private bool Up(VerifyCheck check, Action<TimeSpan> keep)
    {
        var trial = database.Run(
            check,
            database.UpOfAll with
            {
                To = migration.Id.Version,
            },
            migration.Id.ToString()
        );
        IsApplied = trial.Failure is null;
        keep(trial.Duration);
        if (IsApplied && trial.Result.Steps.Count == 0)
        {
            _notes.Add("Its constraint does not choose it here, so it was not tried.");
            return false;
        }

        return Ended(trial);
    }

    private bool Down()
    {
        var trial = database.Run(
            VerifyCheck.Reverts,
            new DownRequest(Steps: 1),
            migration.Id.ToString()
        );
        IsApplied = trial.Failure is not null && trial.Result.PartialState is null;
        IsReversible &= trial.Failure is null;
        _result = _result with { Down = trial.Duration };
        return Ended(trial);
    }

    private bool Ended(Trial trial)
    {
        if (trial.Failure is { } failure)
        {
            _findings.Add(failure);
        }

        return trial.Failure is null;
    }

    private void Add(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            if (finding.IsLoss && migration.LosesData is not null)
            {
                DeclaredLosses.Add(finding.Place);
            }
            else
            {
                _findings.Add(finding);
            }
        }
    }

    private RowEffects EffectsOfUp(DatabaseSchema before)
    {
        try
        {
            var up = evaluateUp();
            return database.EffectsOf(up.Sql, before) is var effects && up.RunsCode
                ? effects with
                {
                    AreUnknown = true,
                }
                : effects;
        }
        catch (MigrateException)
        {
            // The run says so.
            return new RowEffects(new Dictionary<string, IReadOnlySet<string>?>())
            {
                AreUnknown = true,
            };
        }
    }
}
