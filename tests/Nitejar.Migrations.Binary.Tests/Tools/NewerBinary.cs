using FluentMigrator;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Binary.Tests.Tools;

/// <summary>What the next release would be: the same engine with one migration more.</summary>
internal static class NewerBinary
{
    private const long ExtraVersion = 20990101000000;

    /// <summary>Applies the extra migration, as <c>20990101000000_</c> and the name of its class.</summary>
    public static void Apply(IMigration extra, string databaseFile)
    {
        var known = new KnownMigration(
            new MigrationId(ExtraVersion, extra.GetType().Name),
            new MigrationAttribute(ExtraVersion),
            () => extra
        );
        var runner = new MigrationRunner(
            new SqliteDatabase(databaseFile),
            new MigrationCatalog([.. MigrationCatalog.From(MigrationIndex.All).All, known]),
            () => RunOrigin.Current("9.9.9")
        );

        var result = runner.Run(
            new UpRequest(),
            new RunSettings(TimeSpan.FromSeconds(10)),
            new NobodyListens(),
            CancellationToken.None
        );

        Assert.That(result.Failure, Is.Null);
    }

    private sealed class NobodyListens : IRunObserver
    {
        public void LockWait(DateTime until, string? holder) { }

        public void StepStarting(MigrationId migration, Direction direction, string sql) { }
    }
}
