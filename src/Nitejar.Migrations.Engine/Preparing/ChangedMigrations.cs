using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Reading;

namespace Nitejar.Migrations.Engine.Preparing;

/// <summary>An applied migration whose class would now execute other SQL.</summary>
/// <param name="Id">Which migration.</param>
/// <param name="AppliedSql">What was executed.</param>
/// <param name="CurrentSql">What its class makes now.</param>
/// <param name="AppliedWith">The version of FluentMigrator that made what was executed.</param>
public sealed record ChangedMigration(
    MigrationId Id,
    string AppliedSql,
    string CurrentSql,
    string AppliedWith
);

/// <summary>Compares applied migrations with what their classes say now.</summary>
public static class ChangedMigrations
{
    /// <summary>
    /// Evaluates every applied migration that has a checksum and returns those that differ, but for those that make
    /// another text each time.
    /// </summary>
    public static IReadOnlyList<ChangedMigration> Find(
        MigrationCatalog catalog,
        MigrationHistory history,
        DatabaseReader reader,
        MigrationCompiler compiler
    )
    {
        var changed = new List<ChangedMigration>();
        foreach (var applied in history.Applied)
        {
            if (
                catalog.Find(applied.Version) is not { } known
                || history.JournalOf(applied.Version) is not { Checksum: { } checksum } journaled
            )
            {
                continue;
            }

            var script = compiler.Compile(known, Direction.Up, schema: null);
            if (!script.IsRecordedAs(checksum) && !VaryingUp.Is(known, script, compiler))
            {
                changed.Add(
                    new ChangedMigration(
                        known.Id,
                        reader.ReadJournalSql(journaled.Id).UpSql ?? "",
                        script.Sql,
                        journaled.Origin.FluentMigratorVersion
                    )
                );
            }
        }

        return changed;
    }

    /// <summary>Refuses a plan while an applied migration has changed that the plan does not accept.</summary>
    /// <exception cref="CheckFailedException">One has; both texts are in its detail.</exception>
    internal static void RequireNone(
        MigrationPlan plan,
        MigrationCatalog catalog,
        MigrationHistory history,
        DatabaseReader reader,
        MigrationCompiler compiler
    )
    {
        var changed = Find(catalog, history, reader, compiler)
            .Where(change => plan.AcceptedChanges.All(known => known.Id != change.Id))
            .ToArray();
        if (ToFailure(changed) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>The failure that says so, with both texts; <see langword="null"/> for an empty list.</summary>
    public static CheckFailedException? ToFailure(IReadOnlyList<ChangedMigration> changed) =>
        changed.Count == 0
            ? null
            : new CheckFailedException(
                $"Changed after being applied: {string.Join(", ", changed.Select(c => c.Id))}.",
                $"Restore the migration and write a new one for the change; or record the new text with `up --accept-changed {changed[0].Id.Version}`."
            )
            {
                Code = ErrorCode.MigrationChanged,
                Detail = string.Join("\n", changed.Select(BothTexts)),
            };

    private static string BothTexts(ChangedMigration change) =>
        $"""
            -- {change.Id} as applied (FluentMigrator {change.AppliedWith}):
            {change.AppliedSql}
            -- {change.Id} as this binary has it:
            {change.CurrentSql}
            """;
}
