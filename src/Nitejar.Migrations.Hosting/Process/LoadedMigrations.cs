using FluentMigrator;

namespace Nitejar.Migrations.Hosting.Process;

/// <summary>The migrations of libraries that the command line names.</summary>
/// <param name="Index">One entry for each, as a generated <c>MigrationIndex.All</c> has it.</param>
/// <param name="Warnings">What is never applied although it may be meant to be, a sentence each.</param>
internal sealed record LoadedMigrations(
    IReadOnlyList<(MigrationAttribute, Attribute[], string, Func<IMigration>)> Index,
    IReadOnlyList<string> Warnings
);
