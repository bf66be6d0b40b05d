using System.Diagnostics;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Trust.Verifying.Comparing;

namespace Nitejar.Migrations.Engine.Trust.Verifying;

/// <summary>Tries all migrations together.</summary>
internal static class WholeTrial
{
    /// <summary>What the place of a finding is where no object is meant.</summary>
    private const string AllMigrations = "all migrations";

    /// <summary>Reverts and applies all of them on the rows that are there.</summary>
    /// <param name="database">All of them are applied to it.</param>
    /// <param name="isExcused">Whether a row of the table may be lost.</param>
    public static VerifiedWhole Chain(TrialDatabase database, Func<Finding, bool> isExcused) =>
        Timed(() =>
        {
            using var head = database.Keep();
            var down = database.Run(VerifyCheck.Chain, database.DownOfAll, AllMigrations);
            if (down.Failure is { } failedDown)
            {
                return VerifiedWhole.Of(VerifyCheck.Chain, [failedDown]);
            }

            var findings = new List<Finding>();
            if (database.IsEmptyAfterDown)
            {
                using var empty = database.Keep();
                findings.AddRange(
                    database.Comparison.OfSchemas(
                        VerifyCheck.Chain,
                        DatabaseSchema.Empty,
                        empty.Schema
                    )
                );
            }

            var up = database.Run(VerifyCheck.Chain, database.UpOfAll, AllMigrations);
            if (up.Failure is { } failedUp)
            {
                return VerifiedWhole.Of(VerifyCheck.Chain, [.. findings, failedUp]);
            }

            using var again = database.Keep();
            findings.AddRange(
                database.Comparison.OfSchemas(VerifyCheck.Chain, head.Schema, again.Schema)
            );
            findings.AddRange(
                database
                    .Comparison.OfRows(VerifyCheck.Chain, head, again)
                    .Where(finding => !isExcused(finding))
            );
            return VerifiedWhole.Of(VerifyCheck.Chain, findings);
        });

    /// <summary>Applies all of them once more, which does nothing.</summary>
    /// <param name="database">All of them are applied to it.</param>
    public static VerifiedWhole FixedPoint(TrialDatabase database) =>
        Timed(() =>
        {
            using var before = database.Keep();
            var up = database.Run(VerifyCheck.FixedPoint, database.UpOfAll, AllMigrations);
            if (up.Failure is { } failure)
            {
                return VerifiedWhole.Of(VerifyCheck.FixedPoint, [failure]);
            }

            using var after = database.Keep();
            var findings = up
                .Result.Steps.Select(step => new Finding(
                    VerifyCheck.FixedPoint,
                    step.Id.ToString(),
                    "a second `up` applies it again",
                    null,
                    null
                ))
                .ToList();
            if (!before.SchemaScript.SequenceEqual(after.SchemaScript))
            {
                findings.Add(
                    new Finding(
                        VerifyCheck.FixedPoint,
                        AllMigrations,
                        "a second `up` changes the schema",
                        string.Join('\n', before.SchemaScript),
                        string.Join('\n', after.SchemaScript)
                    )
                );
            }

            return VerifiedWhole.Of(VerifyCheck.FixedPoint, findings);
        });

    /// <summary>Applies, reverts and applies all of them without any row.</summary>
    /// <param name="database">Nothing was applied to it.</param>
    /// <param name="head">What they make on tables with rows; <see langword="null"/> where that is not known.</param>
    public static VerifiedWhole Empty(TrialDatabase database, DatabaseSchema? head) =>
        Timed(() =>
        {
            var findings = new List<Finding>();
            DatabaseSchema? first = null;
            foreach (
                MigrationRequest request in (MigrationRequest[])
                    [database.UpOfAll, database.DownOfAll, database.UpOfAll]
            )
            {
                var trial = database.Run(VerifyCheck.Empty, request, AllMigrations);
                if (trial.Failure is { } failure)
                {
                    return VerifiedWhole.Of(VerifyCheck.Empty, [.. findings, failure]);
                }

                using var state = database.Keep();
                var expected =
                    request is UpRequest ? first ?? head
                    : database.IsEmptyAfterDown ? DatabaseSchema.Empty
                    : null;
                first ??= state.Schema;
                if (expected is not null)
                {
                    findings.AddRange(
                        database.Comparison.OfSchemas(VerifyCheck.Empty, expected, state.Schema)
                    );
                }
            }

            return VerifiedWhole.Of(VerifyCheck.Empty, findings);
        });

    /// <summary>Applies what is pending to a released schema, which is to become the same as a new one.</summary>
    /// <param name="database">A database with that schema.</param>
    /// <param name="head">What all migrations make of an empty database.</param>
    public static VerifiedWhole Released(TrialDatabase database, DatabaseSchema head) =>
        Timed(() =>
        {
            var up = database.Run(VerifyCheck.Released, database.UpOfReleased(), AllMigrations);
            if (up.Failure is { } failure)
            {
                return VerifiedWhole.Of(VerifyCheck.Released, [failure]);
            }

            using var state = database.Keep();
            return VerifiedWhole.Of(
                VerifyCheck.Released,
                database.Comparison.OfSchemas(
                    VerifyCheck.Released,
                    head,
                    database.WithoutOthers(state.Schema, head)
                )
            );
        });

    private static VerifiedWhole Timed(Func<VerifiedWhole> work)
    {
        var clock = Stopwatch.StartNew();
        return work() with { Duration = clock.Elapsed };
    }
}
