using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;

namespace Nitejar.Migrations.Faults.Tests.Faults.Disks;

/// <summary>
/// Whatever only reads comes to an end on any damaged image: with an answer, or with one sentence. It never crashes,
/// hangs or changes the file.
/// </summary>
public sealed class MutatedImages : FaultTests
{
    private static readonly SampleSize Images = new(10, 100, 3000);

    private static readonly string[][] Commands =
    [
        ["status"],
        ["history"],
        ["archive", "list"],
        ["schema"],
        ["schema", "--format", "sql"],
        ["schema", "--format", "json"],
        ["up", "--dry-run"],
        ["down", "--dry-run"],
    ];

    [Test]
    public void Every_command_that_reads_answers_or_says_why_not() => Check(Rig);

    internal static void Check(Rig rig)
    {
        var counts = new int[256];
        Rig.Each(
            Enumerable.Range(0, rig.Choose(Images)),
            number =>
            {
                var random = rig.RandomFor(number);
                var whole = random.Next(2) == 0 ? RichImage.AtRest : RichImage.WithLog;
                var image = whole.Damage(random);
                foreach (var command in Commands)
                {
                    Interlocked.Increment(ref counts[ExitCodeOf(rig, image, command)]);
                }
            }
        );
        TestContext.Out.WriteLine(
            $"exit codes: {string.Join(", ", counts.Index().Where(c => c.Item > 0).Select(c => $"{c.Index}: {c.Item}"))}"
        );
        Require.That(
            counts[0] > rig.Choose(Images) && counts[7] > rig.Choose(Images),
            "the damage is all or nothing"
        );
    }

    private static int ExitCodeOf(Rig rig, RichImage image, string[] command)
    {
        using var site = rig.NewSite();
        image.Place(site);
        var result = site.RunToItsEnd([.. command, "-c", "x.db"]).RequireExit(0, 1, 4, 6, 7);
        var errors = result.Error.Split('\n').Count(line => line.StartsWith("error: "));
        Require.That(errors == (result.ExitCode == 0 ? 0 : 1), $"{errors} errors: {result}");
        Require.That(
            File.ReadAllBytes(site.Database).AsSpan().SequenceEqual(image.Database),
            $"the file was changed: {result}"
        );
        return result.ExitCode;
    }
}
