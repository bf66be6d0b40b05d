namespace Nitejar.Migrations.Hosting.Tests.Support;

/// <summary>
/// Compares what people read with a text that somebody approved: a file of the folder Snapshots. A difference is a
/// failure and leaves the new text beside the approved one as <c>*.received.txt</c>. With UPDATE_SNAPSHOTS=1 the new
/// text is approved instead; never in CI.
/// </summary>
internal static class Snapshot
{
    /// <summary>Runs the program and returns its call, exit code and output as one text.</summary>
    public static string Of(Host host, params string[] args) =>
        $"$ nitejar-migrate {string.Join(' ', args)}\n{host.Run(args)}";

    public static void Matches(string name, string text)
    {
        var folder = Repository.PathOf("tests", "Nitejar.Migrations.Hosting.Tests", "Snapshots");
        var approvedFile = Path.Combine(folder, name + ".txt");
        var receivedFile = Path.Combine(folder, name + ".received.txt");
        var received = Scrubber.Clean(text);
        if (IsUpdating)
        {
            File.WriteAllText(approvedFile, received);
        }

        var approved = File.Exists(approvedFile) ? File.ReadAllText(approvedFile) : null;
        if (approved == received)
        {
            File.Delete(receivedFile);
            return;
        }

        File.WriteAllText(receivedFile, received);
        Assert.Fail(
            approved is null
                ? $"{name}.txt is missing. What was received is in {name}.received.txt."
                : $"{name}.txt differs (- approved, + received):\n{LineDiff.Of(approved, received)}"
        );
    }

    private static bool IsUpdating =>
        Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1"
        && Environment.GetEnvironmentVariable("CI") != "true";
}
