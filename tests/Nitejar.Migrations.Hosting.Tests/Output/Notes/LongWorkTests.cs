using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Output.Notes;

namespace Nitejar.Migrations.Hosting.Tests.Output.Notes;

public sealed class LongWorkTests
{
    private MemoryStream _diagnostics = null!;
    private ManualClock _clock = null!;

    [SetUp]
    public void Open() => (_diagnostics, _clock) = (new MemoryStream(), new ManualClock());

    [TearDown]
    public void Close()
    {
        _diagnostics.Dispose();
        _clock.Dispose();
    }

    [Test]
    public void Tells_after_five_seconds_and_then_at_twice_the_time()
    {
        string?[] progress = [null, "index a of b: initializing", "index a of b: sorting (7 %)"];
        var asked = 0;
        using (
            new LongWork(
                new Terminal(Stream.Null, _diagnostics),
                "applying 1_One",
                () => progress[asked++],
                _clock
            )
        )
        {
            foreach (var seconds in (double[])[4.9, 5, 9.9, 10, 20, 39])
            {
                _clock.GoTo(TimeSpan.FromSeconds(seconds));
            }
        }

        _clock.GoTo(TimeSpan.FromHours(1));
        Assert.That(
            Encoding.UTF8.GetString(_diagnostics.ToArray()),
            Is.EqualTo(
                """
                applying 1_One: 5.0 s so far
                applying 1_One: 10.0 s so far, index a of b: initializing
                applying 1_One: 20.0 s so far, index a of b: sorting (7 %)

                """
            )
        );
    }

    [Test]
    public void Tells_nothing_of_what_has_ended_while_it_asked()
    {
        LongWork? work = null;
        work = new LongWork(
            new Terminal(Stream.Null, _diagnostics),
            "applying 1_One",
            () =>
            {
                work!.Dispose();
                return "index a of b: initializing";
            },
            _clock
        );

        _clock.GoTo(TimeSpan.FromSeconds(5));

        Assert.That(_diagnostics.Length, Is.Zero);
    }

    /// <summary>A clock that goes where it is told, with one timer.</summary>
    private sealed class ManualClock : TimeProvider, IDisposable
    {
        private TimeSpan _now;
        private OneTimer? _timer;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now.Ticks;

        public override ITimer CreateTimer(
            TimerCallback callback,
            object? state,
            TimeSpan dueTime,
            TimeSpan period
        ) => _timer = new OneTimer(this, () => callback(state), _now + dueTime);

        public void GoTo(TimeSpan now)
        {
            _now = now;
            _timer?.FireIfDue();
        }

        public void Dispose() => _timer?.Dispose();

        private sealed class OneTimer(ManualClock clock, Action callback, TimeSpan due) : ITimer
        {
            private TimeSpan? _due = due;

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                _due = clock._now + dueTime;
                return true;
            }

            public void FireIfDue()
            {
                if (_due <= clock._now)
                {
                    _due = null;
                    callback();
                }
            }

            public void Dispose() => _due = null;

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
