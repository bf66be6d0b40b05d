using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running.Consents;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>
/// Decides about foreign keys that a run would leave without a parent. A Down may do so when that is allowed, since an
/// incident must not end at an empty table; whatever applies migrations may not.
/// </summary>
internal static class LooseKeyConsent
{
    /// <summary>Lets the run continue, or not.</summary>
    /// <returns>What to say about the keys once the run is committed.</returns>
    /// <exception cref="RefusedException">Keys lead nowhere, and that was not or cannot be allowed.</exception>
    public static IReadOnlyList<string> Require(
        IReadOnlyList<LooseKey> keys,
        MigrationRequest request,
        RunContext run
    )
    {
        if (keys.Count == 0)
        {
            return [];
        }

        var subject = keys.Count == 1 ? "A foreign key" : "Foreign keys";
        var problems = string.Join("; ", keys.Select(key => key.Problem));
        var tables = string.Join(", ", keys.Select(key => key.Table).Distinct());
        var effect = $"nothing can be inserted into {tables} while foreign keys are enforced";
        if (request is DownRequest && run.Consent == Consent.ToRequest)
        {
            var verb = keys.Count == 1 ? "leads" : "lead";
            return [$"{subject} {verb} nowhere now, and {effect}: {problems}."];
        }

        var remedies = string.Join(' ', keys.Select(key => key.Remedy).Distinct());
        throw new RefusedException(
            $"{subject} would lead nowhere: {problems}.",
            request is DownRequest
                ? $"{remedies} Or add --yes if that is meant: then {effect}."
                : remedies
        )
        {
            Code = ErrorCode.ReferencesWouldBreak,
        };
    }
}
