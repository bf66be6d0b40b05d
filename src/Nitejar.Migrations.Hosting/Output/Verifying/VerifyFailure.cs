using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Trust.Verifying;

namespace Nitejar.Migrations.Hosting.Output.Verifying;

/// <summary>Says what a verification has found.</summary>
internal static class VerifyFailure
{
    private const string NextStep =
        "Correct the migration; where it is released already, write another one. Where rows are lost because that is meant, declare it: [LosesData(\"why\")].";

    /// <summary>The failure; <see langword="null"/> where everything has passed.</summary>
    public static CheckFailedException? Of(VerifyReport report)
    {
        if (report.Passed)
        {
            return null;
        }

        var failed = report.Migrations.Where(m => m.Outcome == VerifyOutcome.Failed).ToArray();
        var message =
            failed.Length > 0
                ? $"{failed.Length} of {Count.Of(report.Migrations.Count, "migration")} did not pass: {string.Join(", ", failed.Select(m => m.Id))}."
                : "Each migration has passed, but not all of them together.";
        return new CheckFailedException(message, NextStep)
        {
            Code = ErrorCode.VerificationFailed,
            Detail = string.Join('\n', Findings(report)),
        };
    }

    private static IEnumerable<string> Findings(VerifyReport report) =>
        report
            .Migrations.SelectMany(m =>
                m.Findings.Select(finding => $"{m.Id}: {VerifyWords.TextOf(finding)}")
            )
            .Concat(report.Whole.SelectMany(w => w.Findings).Select(VerifyWords.TextOf));
}
