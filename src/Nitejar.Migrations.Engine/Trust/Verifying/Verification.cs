using System.Diagnostics;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Engine.Trust.Verifying.Comparing;

namespace Nitejar.Migrations.Engine.Trust.Verifying;

/// <summary>
/// Proves on a scratch database that each Up works on tables with rows and that each Down undoes what its Up did:
/// schema, rows and counters are compared. The same runner does it that migrates any other database.
/// </summary>
/// <param name="like">The database whose kind and settings the scratch database has. It need not exist, and is not changed.</param>
/// <param name="catalog">The migrations.</param>
/// <param name="origin">Who runs them.</param>
public sealed class Verification(IDatabase like, MigrationCatalog catalog, Func<RunOrigin> origin)
{
    private readonly MigrationCompiler _compiler = new(like.Driver);

    /// <summary>Tries everything, and continues after what fails as far as that makes sense.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="DatabaseUnavailableException">A scratch database cannot be written, or what it stands for or is a copy of cannot be read.</exception>
    public VerifyReport Run(VerifySettings settings, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        settings = settings with { LastForwardOnly = LastForwardOnlyOf(settings) };
        using var replay = new Replay(like, catalog, origin);
        var database = new TrialDatabase(replay, settings, cancellation);
        var trials = TryEach(replay, database, settings);
        var head = trials.AreApplied ? replay.ReadSchema() : null;
        var isSound = trials.AreApplied && trials.AreReversible;
        return new VerifyReport(
            trials.Results,
            [
                TryEmpty(settings, head, cancellation),
                isSound
                    ? WholeTrial.Chain(database, f => trials.DeclaredLosses.Contains(f.Place))
                    : VerifiedWhole.NotRun(VerifyCheck.Chain),
                isSound
                    ? WholeTrial.FixedPoint(database)
                    : VerifiedWhole.NotRun(VerifyCheck.FixedPoint),
                .. TryReleased(settings, head, cancellation),
            ],
            clock.Elapsed
        );
    }

    private IEnumerable<KnownMigration> Chosen(VerifySettings settings) =>
        catalog.All.Where(migration => migration.Tags.AreChosenBy(settings.Tags));

    private long? LastForwardOnlyOf(VerifySettings settings) =>
        Chosen(settings).LastOrDefault(migration => migration.IsForwardOnly)?.Id.Version;

    private Trials TryEach(Replay replay, TrialDatabase database, VerifySettings settings)
    {
        var trials = new Trials([], [], AreApplied: true, AreReversible: true);
        foreach (var migration in Chosen(settings))
        {
            if (!trials.AreApplied)
            {
                trials.Results.Add(
                    new VerifiedMigration(migration.Id, VerifyOutcome.NotRun, [], [])
                );
                continue;
            }

            settings.OnMigration(migration.Id);
            var trial = new MigrationTrial(
                database,
                migration,
                () => EvaluateUp(replay, migration)
            );
            trials.Results.Add(trial.Run());
            trials.DeclaredLosses.UnionWith(trial.DeclaredLosses);
            trials = trials with
            {
                AreApplied = trial.IsApplied,
                AreReversible = trials.AreReversible && trial.IsReversible,
            };
        }

        return trials;
    }

    private VerifiedWhole TryEmpty(
        VerifySettings settings,
        DatabaseSchema? head,
        CancellationToken cancellation
    )
    {
        using var replay = new Replay(like, catalog, origin);
        return WholeTrial.Empty(new TrialDatabase(replay, settings, cancellation), head);
    }

    private IEnumerable<VerifiedWhole> TryReleased(
        VerifySettings settings,
        DatabaseSchema? head,
        CancellationToken cancellation
    )
    {
        if (settings.Released is not { } released)
        {
            return [];
        }

        if (head is null)
        {
            return [VerifiedWhole.NotRun(VerifyCheck.Released)];
        }

        using var replay = new Replay(like, catalog, origin);
        replay.Fill(released, cancellation);
        return [WholeTrial.Released(new TrialDatabase(replay, settings, cancellation), head)];
    }

    private MigrationScript EvaluateUp(Replay replay, KnownMigration migration)
    {
        using var reader = replay.Database.OpenReader(TimeSpan.Zero);
        return _compiler.Compile(migration, Direction.Up, reader?.Schema);
    }

    /// <summary>The outcome of each migration.</summary>
    private sealed record Trials(
        List<VerifiedMigration> Results,
        HashSet<string> DeclaredLosses,
        bool AreApplied,
        bool AreReversible
    );
}
