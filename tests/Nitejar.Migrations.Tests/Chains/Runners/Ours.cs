using FluentMigrator;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Trust.Drifting;
using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains.Runners;

/// <summary>Our engine with a chain for its catalog.</summary>
internal sealed class Ours(ChainTrial trial, Chain chain, string name = "ours")
{
    private static readonly RunSettings Consented = new(TimeSpan.Zero, Consent: Consent.ToRequest);

    /// <summary>Applies what is pending.</summary>
    public void Up(int? steps = null) => Run(new UpRequest(Steps: steps), Consented);

    /// <summary>Reverts the last ones.</summary>
    public void Down(int steps) => Run(new DownRequest(Steps: steps), Consented);

    /// <summary>Reverts all.</summary>
    public void DownAll() => Run(new DownRequest(All: true), Consented);

    /// <summary>Reverts the last ones and keeps no rows.</summary>
    public void DownWithoutArchive(int steps) =>
        Run(new DownRequest(Steps: steps), Consented with { KeepRows = false });

    /// <summary>Reverts the last ones and applies them again.</summary>
    public void Redo(int steps) => Run(new RedoRequest(steps), Consented);

    private void Run(MigrationRequest request, RunSettings settings)
    {
        var known = chain.Migrations.Select(migration => new KnownMigration(
            new MigrationId(migration.Version, migration.Name),
            new MigrationAttribute(migration.Version),
            () => InterpretedMigration.Of(migration)
        ));
        var result = new Engine.Running.MigrationRunner(
            trial.Place.Database(name),
            new MigrationCatalog(known),
            () => RunOrigin.Current("test")
        ).Run(request, settings, new NobodyListens(), CancellationToken.None);
        if (result.Failure is { } failure)
        {
            throw new ChainFailure($"{request} failed: {failure.Message}");
        }

        RequireNoDrift(request);
    }

    /// <summary>What runs have made is never mentioned as a change past them.</summary>
    private void RequireNoDrift(MigrationRequest request)
    {
        using var reader = trial.Place.Database(name).OpenReader(TimeSpan.Zero);
        var drifted = DriftMention.Of(reader, HistoryReader.Read(reader));
        if (drifted.Count > 0)
        {
            throw new ChainFailure($"{request} left {string.Join(", ", drifted)} as drift");
        }
    }

    private sealed class NobodyListens : IRunObserver
    {
        public void LockWait(DateTime until, string? holder) { }

        public void StepStarting(MigrationId migration, Direction direction, string sql) { }
    }
}
