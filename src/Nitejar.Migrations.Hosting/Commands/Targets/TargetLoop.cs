using System.Diagnostics;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Output.Targets;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Targets;

/// <summary>
/// Does the same with several targets, one after the other, and reports all of them at the end. One that fails stops no
/// other; a signal ends the present one as if it were alone, and those after it are not begun.
/// </summary>
internal sealed class TargetLoop : IDisposable
{
    private readonly CommandContext _context;
    private readonly Settings _settings;
    private readonly TargetReport _report;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Lock _lock = new();
    private bool _isBegun;
    private bool _isReported;
    private bool _isInterrupted;

    /// <summary>Finds the targets.</summary>
    /// <inheritdoc cref="TargetSet.Find" path="/exception"/>
    public TargetLoop(
        CommandContext context,
        Settings settings,
        TargetReport report,
        string pattern
    )
    {
        _context = context;
        _settings = settings;
        _report = report;
        Signals = new Signals(GiveUp);
        Targets = Signals.WithNothingToUndo(() => TargetSet.Find(context, settings, pattern));
        report.Begin(Targets.Length);
    }

    /// <summary>What the signals of all of them go to.</summary>
    public Signals Signals { get; }

    /// <summary>The targets; <see langword="null"/> until they are found.</summary>
    public Target[] Targets { get; }

    /// <summary>Hears that a run did not come back when a signal came, before the program ends itself.</summary>
    public Action<InterruptedException> OnGivingUp { get; init; } = static _ => { };

    private Terminal Terminal => _context.Terminal;

    /// <summary>Does it.</summary>
    /// <param name="work">Does it with one, which reports its own failure unless it throws.</param>
    /// <returns>The exit code.</returns>
    public int Run(Func<Target, TargetOutcome> work)
    {
        foreach (var target in Targets)
        {
            if (!Signals.TryBeginNext())
            {
                break;
            }

            Begin(target);
            Add(Do(target, work));
        }

        return (int)Report(
            _isInterrupted || _report.Count < Targets.Length ? Signals.ToFailure() : null
        );
    }

    /// <summary>From here on signals change nothing.</summary>
    public void Dispose() => Signals.Dispose();

    private void Begin(Target target)
    {
        Terminal.Database = target.Settings.Database.Name;
        Terminal.Target = target.Name;
        Terminal.Note(
            FormattableString.Invariant(
                $"schema {TargetSet.Names([target.Name])} ({target.Index + 1} of {Targets.Length})"
            )
        );
        _isBegun = true;
    }

    private TargetOutcome Do(Target target, Func<Target, TargetOutcome> work)
    {
        try
        {
            return work(target);
        }
        catch (Exception failure)
        {
            ErrorReport.Write(Terminal, failure);
            return TargetOutcome.Of(failure);
        }
    }

    private void Add(TargetOutcome outcome)
    {
        lock (_lock)
        {
            _report.Add(Targets[_report.Count].Name, outcome);
            _isInterrupted = outcome.Failure is InterruptedException;
            _isBegun = false;
        }
    }

    /// <summary>The program is about to end itself.</summary>
    private void GiveUp(InterruptedException interrupted)
    {
        lock (_lock)
        {
            if (Targets is null || _isReported)
            {
                ErrorReport.Write(Terminal, interrupted);
                return;
            }

            if (_isBegun)
            {
                ErrorReport.Write(Terminal, interrupted);
                OnGivingUp(interrupted);
                Add(TargetOutcome.Of(interrupted));
            }

            Report(interrupted);
        }
    }

    private ExitCode Report(InterruptedException? interrupted)
    {
        lock (_lock)
        {
            _isReported = true;
            Terminal.Target = null;
            Terminal.Database = _settings.Database.Name;
            var ending = EndingOf(interrupted);
            if (interrupted is null)
            {
                Signals.RunEnded(ending.Code);
            }

            while (_report.Count < Targets.Length)
            {
                _report.Add(Targets[_report.Count].Name, TargetOutcome.NotRun);
            }

            _report.Write(Terminal, ending, _clock.Elapsed);
            if (ending.Failure is { } failure && !_isInterrupted)
            {
                ErrorReport.WriteText(Terminal, failure);
            }

            return ending.Code;
        }
    }

    private Ending EndingOf(InterruptedException? interrupted)
    {
        var failed = _report.NamesOf(TargetState.Failed);
        return interrupted is not null ? Ending.Of(interrupted)
            : failed.Count > 0
                ? Ending.Of(
                    new TargetsFailedException(
                        $"{failed.Count} of {Count.Of(Targets.Length, "schema")} failed: {TargetSet.Names(failed)}."
                    )
                )
            : _report.Has(ExitCode.Pending) ? new Ending(ExitCode.Pending)
            : Ending.Success;
    }
}
