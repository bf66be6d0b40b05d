using System.Diagnostics;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Tests.Conformance;

namespace Nitejar.Migrations.Engine.Tests.Running;

/// <summary>
/// A migration without a transaction that another process has begun: while that one lives it is waited for, and when
/// it is dead the migration was interrupted.
/// </summary>
[Platform("Linux")]
public sealed class RunningElsewhereTests : ConformanceTests<SqliteTestDatabase>
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private TemporaryFolder? _folder;

    /// <summary>A program of another number, but with the name of this one.</summary>
    private string NameOfThis => _folder![Process.GetCurrentProcess().ProcessName];

    [SetUp]
    public void BeginOne()
    {
        _folder = new TemporaryFolder();
        File.CreateSymbolicLink(NameOfThis, "/bin/sleep");
        Execute("CREATE TABLE other (id)");
        _ = Run(Catalog("CREATE TABLE one (id); SELECT no_such_column"), new UpRequest());
        Assert.That(Applied(), Is.Empty);
    }

    [TearDown]
    public void RemoveFolder() => _folder?.Dispose();

    [Test]
    public void A_run_goes_on_when_the_other_one_has_ended()
    {
        using var other = Start(NameOfThis);
        Begun(by: other.Id);
        var observer = new EndingObserver(other);

        var result = Resume(Long, observer);

        Assert.That(result.Failure, Is.Null);
        Assert.That(observer.Holders, Is.EqualTo(new[] { $"process {other.Id} (running 1_One)" }));
        Assert.That(Applied(), Is.EqualTo(new long[] { 1 }));
    }

    [Test]
    public void A_redo_waits_too_and_finds_what_the_other_one_left()
    {
        using var other = Start(NameOfThis);
        Begun(by: other.Id);
        var observer = new EndingObserver(other);

        var result = Run(Long, new RedoRequest(), observer);

        Assert.That(observer.Holders, Has.Count.EqualTo(1));
        Assert.That(result.Failure, Is.InstanceOf<RefusedException>());
        Assert.That(result.Failure!.Message, Does.Contain("1_One").And.Contain("interrupted"));
    }

    [TestCase(0)]
    [TestCase(300)]
    public void A_run_gives_up_when_the_time_is_over(int milliseconds)
    {
        using var other = Start(NameOfThis);
        Begun(by: other.Id);
        var before = Dump();

        var result = Resume(TimeSpan.FromMilliseconds(milliseconds), new SilentObserver());
        End(other);

        Assert.That(result.Failure, Is.InstanceOf<LockTimeoutException>());
        Assert.That(
            result.Failure!.Message,
            Does.Contain($"Process {other.Id} is running 1_One, which has no transaction")
        );
        Assert.That(Dump(), Is.EqualTo(before));
    }

    [Test]
    public void A_run_that_waits_can_be_cancelled()
    {
        using var other = Start(NameOfThis);
        Begun(by: other.Id);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        var result = Resume(Long, new SilentObserver(), soon.Token);
        End(other);

        Assert.That(result.Failure, Is.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void What_a_dead_process_began_was_interrupted()
    {
        using var other = Start(NameOfThis);
        End(other);
        Begun(by: other.Id);

        RequireInterruptedAtOnce();
    }

    [Test]
    public void A_dead_process_that_nobody_has_buried_is_dead()
    {
        // The child is killed when its parent has become a program that does not ask for its end.
        using var parent = Process.Start(
            "/bin/sh",
            ["-c", $"'{NameOfThis}' 60 & echo $! > '{_folder!["child"]}'; exec sleep 60"]
        );
        var child = Wait(() =>
                File.Exists(_folder["child"]) ? File.ReadAllText(_folder["child"]) : ""
            )
            .Trim();
        var number = int.Parse(child, System.Globalization.CultureInfo.InvariantCulture);
        Wait(() => parent.ProcessName == "sleep" ? "deaf" : "");
        Process.GetProcessById(number).Kill();
        Wait(() => File.ReadAllText($"/proc/{child}/stat").Contains(") Z ") ? "dead" : "");
        Begun(by: number);

        try
        {
            RequireInterruptedAtOnce();
        }
        finally
        {
            End(parent);
        }
    }

    [Test]
    public void A_number_that_another_program_has_by_now_says_nothing()
    {
        using var other = Start("/bin/sleep");
        Begun(by: other.Id);

        RequireInterruptedAtOnce();
        End(other);
    }

    [Test]
    public void A_number_on_another_machine_says_nothing()
    {
        using var other = Start(NameOfThis);
        Begun(by: other.Id, host: "elsewhere");

        RequireInterruptedAtOnce();
        End(other);
    }

    [Test]
    public void Its_own_number_says_nothing()
    {
        // As in a container, where each run is number 1.
        Begun(by: Environment.ProcessId);

        RequireInterruptedAtOnce();
    }

    private static MigrationCatalog Catalog(string up) =>
        MigrationsOf.Catalog(MigrationsOf.Sql(1, "One", up, "DROP TABLE one").WithoutTransaction());

    private void Begun(int by, string? host = null) =>
        Execute(
            $"UPDATE VersionJournal SET ProcessId = {by}, Host = '{host ?? Environment.MachineName}'"
        );

    private RunResult Resume(
        TimeSpan lockTimeout,
        IRunObserver observer,
        CancellationToken cancellation = default
    ) => Run(lockTimeout, new UpRequest(Resume: true), observer, cancellation);

    private RunResult Run(
        TimeSpan lockTimeout,
        MigrationRequest request,
        IRunObserver observer,
        CancellationToken cancellation = default
    ) =>
        new MigrationRunner(
            Database,
            Catalog("CREATE TABLE one (id); INSERT INTO one VALUES (1)"),
            () => HistoryOf.Origin
        ).Run(request, new RunSettings(lockTimeout), observer, cancellation);

    private void RequireInterruptedAtOnce()
    {
        var result = Resume(TimeSpan.Zero, new SilentObserver());

        Assert.That(result.Failure, Is.Null);
        Assert.That(Applied(), Is.EqualTo(new long[] { 1 }));
    }

    private static Process Start(string program)
    {
        var process = Process.Start(program, ["60"]);
        var name = Path.GetFileName(program);
        Wait(() => process.ProcessName == name ? name : "");
        return process;
    }

    private static void End(Process process)
    {
        process.Kill();
        process.WaitForExit();
    }

    private static string Wait(Func<string> until)
    {
        var found = "";
        Assert.That(() => found = until(), Is.Not.Empty.After(60_000, 10));
        return found;
    }

    /// <summary>Ends the other process when the run says that it waits for it.</summary>
    private sealed class EndingObserver(Process other) : IRunObserver
    {
        public List<string?> Holders { get; } = [];

        public void LockWait(DateTime until, string? holder)
        {
            Holders.Add(holder);
            End(other);
        }

        public void StepStarting(MigrationId migration, Direction direction, string sql) { }
    }
}
