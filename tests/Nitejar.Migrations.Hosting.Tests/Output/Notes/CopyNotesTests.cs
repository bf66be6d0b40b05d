using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Output.Notes;

namespace Nitejar.Migrations.Hosting.Tests.Output.Notes;

public sealed class CopyNotesTests
{
    [Test]
    public void A_copy_that_takes_longer_than_a_second_is_told_of_and_its_end()
    {
        using var answer = new MemoryStream();
        using var diagnostics = new MemoryStream();
        var clock = new SetClock();
        var notes = new CopyNotes(new Terminal(answer, diagnostics), "backup", clock);

        notes.Progress(1_000_000, 4_000_000);
        Assert.That(diagnostics.Length, Is.Zero, "at once");
        clock.Seconds = 1;
        notes.Progress(3_000_000, 4_000_000);
        notes.Progress(4_000_000, 4_000_000);

        Assert.That(
            Encoding.UTF8.GetString(diagnostics.ToArray()),
            Is.EqualTo("backup: 75 % of 4.0 MB\nbackup: 100 % of 4.0 MB\n")
        );
        Assert.That(answer.Length, Is.Zero);
    }

    private sealed class SetClock : TimeProvider
    {
        public int Seconds { get; set; }

        public override long GetTimestamp() => Seconds * TimestampFrequency;
    }
}
