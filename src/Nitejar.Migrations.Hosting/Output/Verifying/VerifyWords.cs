using System.Text;
using Nitejar.Migrations.Engine.Trust.Verifying;
using Nitejar.Migrations.Engine.Trust.Verifying.Comparing;

namespace Nitejar.Migrations.Hosting.Output.Verifying;

/// <summary>Names checks and findings.</summary>
internal static class VerifyWords
{
    /// <summary>What stands for one side of a comparison that has nothing.</summary>
    private const string Nothing = "-";

    public static string Of(VerifyOutcome outcome) =>
        outcome switch
        {
            VerifyOutcome.Passed => "passed",
            VerifyOutcome.Failed => "failed",
            VerifyOutcome.NotRun => "not-run",
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };

    /// <summary>As a field of JSON.</summary>
    public static string Of(VerifyCheck check) =>
        check switch
        {
            VerifyCheck.Applies => "applies",
            VerifyCheck.KeepsRows => "keeps-rows",
            VerifyCheck.Reverts => "reverts",
            VerifyCheck.Undoes => "undoes",
            VerifyCheck.AppliesAgain => "applies-again",
            VerifyCheck.Restores => "restores",
            VerifyCheck.Empty => "empty",
            VerifyCheck.Chain => "chain",
            VerifyCheck.FixedPoint => "fixed-point",
            VerifyCheck.Released => "released",
            _ => throw new ArgumentOutOfRangeException(nameof(check)),
        };

    /// <summary>When something was found, as people read it; for checks of all migrations, what is checked.</summary>
    public static string PhraseOf(VerifyCheck check) =>
        check switch
        {
            VerifyCheck.Applies => "in the Up",
            VerifyCheck.KeepsRows => "after the Up",
            VerifyCheck.Reverts => "in the Down",
            VerifyCheck.Undoes => "after the Down",
            VerifyCheck.AppliesAgain => "in the second Up",
            VerifyCheck.Restores => "after the Down and the second Up",
            VerifyCheck.Empty => "all up, down and up, without rows",
            VerifyCheck.Chain => "all down and up, with rows",
            VerifyCheck.FixedPoint => "a second up does nothing",
            VerifyCheck.Released => "the released schema becomes the same",
            _ => throw new ArgumentOutOfRangeException(nameof(check)),
        };

    /// <summary>What was found, in one line: where, when and what.</summary>
    public static string LineOf(Finding finding) =>
        $"{finding.Place}, {PhraseOf(finding.Check)}: {finding.Problem}";

    /// <summary>What was found, with both texts.</summary>
    public static string TextOf(Finding finding)
    {
        var text = new StringBuilder(LineOf(finding));
        if (finding.Before is not null || finding.After is not null)
        {
            text.Append("\n  before: ").Append(Indented(finding.Before ?? Nothing));
            text.Append("\n  after:  ").Append(Indented(finding.After ?? Nothing));
        }

        if (finding.Detail is { } detail)
        {
            text.Append("\n  ").Append(detail.Replace("\n", "\n  ", StringComparison.Ordinal));
        }

        return text.ToString();
    }

    private static string Indented(string text) =>
        text.Replace("\n", "\n          ", StringComparison.Ordinal);
}
