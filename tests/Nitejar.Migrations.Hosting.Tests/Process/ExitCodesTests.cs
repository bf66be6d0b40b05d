using System.Text.RegularExpressions;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Hosting.Process;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Process;

/// <summary>The numbers are a contract with scripts.</summary>
public sealed partial class ExitCodesTests
{
    private const string AsBefore = "The database is as before the run.";
    private const string NotChanged = "The database was not changed.";
    private static readonly Proposal Nothing = new(new Fingerprint([]), [], "down --yes");

    private static TestCaseData[] Failures =>
        [
            Case(new MigrationFailedException("m", "n"), 1, AsBefore),
            Case(new InvalidRequestException("m", "n"), 2, "No database was touched."),
            Case(new CheckFailedException("m", "n"), 4, NotChanged),
            Case(new PlanChangedException(Nothing, Nothing), 4, NotChanged),
            Case(new LockTimeoutException("m", "n"), 5, NotChanged),
            Case(new RefusedException("m", "n"), 6, NotChanged),
            Case(new DataLossRefusedException(Nothing), 6, NotChanged),
            Case(new DatabaseUnavailableException("m", "n"), 7, NotChanged),
            Case(new TargetsFailedException("m"), 8, "Each is as its own error says."),
            Case(new InterruptedException("SIGINT", ExitCode.Interrupted), 130, AsBefore),
            Case(new InterruptedException("SIGTERM", ExitCode.Terminated), 143, AsBefore),
            Case(new InvalidOperationException("m"), 1, AsBefore),
        ];

    [TestCaseSource(nameof(Failures))]
    public void A_failure_has_its_code_and_leaves_the_database_so(
        Exception failure,
        int code,
        string state
    )
    {
        Assert.Multiple(() =>
        {
            Assert.That((int)ExitCodes.Of(failure), Is.EqualTo(code));
            Assert.That(ExitCodes.StateOf(ExitCodes.Of(failure)), Is.EqualTo(state));
        });
    }

    [Test]
    public void The_other_codes_have_their_numbers()
    {
        Assert.Multiple(() =>
        {
            Assert.That((int)ExitCode.Success, Is.Zero);
            Assert.That((int)ExitCode.Pending, Is.EqualTo(3));
            Assert.That((int)ExitCode.HungUp, Is.EqualTo(129));
            Assert.That(Enum.GetValues<ExitCode>(), Has.Length.EqualTo(12));
        });
    }

    [Test]
    public void Each_code_is_documented_and_no_other()
    {
        var document = File.ReadAllText(Repository.PathOf("docs", "exit-codes.md"));
        var codes = CodesRow()
            .Matches(document)
            .SelectMany(row => row.Groups[1].Value.Split(", "))
            .Select(code => (ExitCode)int.Parse(code, CultureInfo.InvariantCulture));

        Assert.That(codes, Is.EquivalentTo(Enum.GetValues<ExitCode>()));
    }

    private static TestCaseData Case(Exception failure, int code, string state) =>
        new TestCaseData(failure, code, state).SetArgDisplayNames(
            $"{failure.GetType().Name}, {code}"
        );

    /// <summary>Of the table whose first column are exit codes.</summary>
    [GeneratedRegex(@"^\| ([0-9, ]+) \|", RegexOptions.Multiline)]
    private static partial Regex CodesRow();
}
