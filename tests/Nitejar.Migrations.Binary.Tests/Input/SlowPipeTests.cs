using System.Runtime.Versioning;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Input;

/// <summary>Pipes that somebody opened for the program: it waits for who writes them, says so, and can be told to stop.</summary>
[Platform(Exclude = "Win")]
[UnsupportedOSPlatform("windows")]
public sealed class SlowPipeTests : WorkplaceTests
{
    [TestCase("status", "--connection-file")]
    [TestCase("up", "--connection-file")]
    [TestCase("status", "--config")]
    public async Task Waiting_for_the_writer_is_said_and_ends_with_a_signal(
        string command,
        string option
    )
    {
        using var waiting = new Command(
            PublishedBinary.ProgramFile,
            Place.Folder,
            command,
            option,
            "/dev/stdin"
        )
        {
            Input = null,
        }.Start();
        await waiting.WaitForErrorLine("waiting for the program that writes /dev/stdin to end");

        waiting.Signal("TERM");

        (await waiting.WaitForEndAsync()).Exits(143);
        Assert.That(Place.Files, Is.Empty);
    }

    [Test]
    public void A_writer_may_take_its_time()
    {
        var result = new Command(
            Programs.Require("sh"),
            Place.Folder,
            "-c",
            $"(sleep 2; echo x.db) | '{PublishedBinary.ProgramFile}' up --connection-file /dev/stdin"
        ).Run();

        result.Exits(0);
        Assert.That(Place.Files, Is.EqualTo((string[])["x.db"]));
    }
}
