using System.Text.RegularExpressions;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Hosting.Output.Formats;
using Nitejar.Migrations.Hosting.Process;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Process;

/// <summary>The words are a contract with programs.</summary>
public sealed partial class ErrorCodesTests
{
    private static readonly Proposal Loss = new(
        new Fingerprint([]),
        [new DataLoss("t", Column: null, Rows: 1)],
        "down --yes"
    );

    private static TestCaseData[] Failures =>
        [
            new(new MigrationFailedException("m", "n"), "migration-failed"),
            new(new InvalidRequestException("m", "n"), "usage"),
            new(new CheckFailedException("m", "n"), "check-failed"),
            new(new PlanChangedException(Loss, Loss), "plan-changed"),
            new(new LockTimeoutException("m", "n"), "locked"),
            new(new RefusedException("m", "n"), "refused"),
            new(new RefusedException("m", "n") { Code = ErrorCode.OutOfOrder }, "out-of-order"),
            new(
                new RefusedException("m", "n") { Code = ErrorCode.BreakingChange },
                "breaking-change"
            ),
            new(new DataLossRefusedException(Loss), "rows-would-be-lost"),
            new(new DatabaseUnavailableException("m", "n"), "unavailable"),
            new(new TargetsFailedException("m"), "targets-failed"),
            new(new InterruptedException("SIGINT", ExitCode.Interrupted), "interrupted"),
            new(new InvalidOperationException("m"), "defect"),
        ];

    [TestCaseSource(nameof(Failures))]
    public void A_failure_has_its_code(Exception failure, string code) =>
        Assert.That(Words.Of(ErrorCodes.Of(failure)), Is.EqualTo(code));

    [Test]
    public void Each_code_is_documented_and_no_other() =>
        Assert.That(
            CodeRow()
                .Matches(File.ReadAllText(Repository.PathOf("docs", "exit-codes.md")))
                .Select(row => row.Groups[1].Value),
            Is.EquivalentTo(Enum.GetValues<ErrorCode>().Select(Words.Of))
        );

    /// <summary>Of the table whose second column are exit codes.</summary>
    [GeneratedRegex(@"^\| `([a-z-]+)` \| \d", RegexOptions.Multiline)]
    private static partial Regex CodeRow();
}
