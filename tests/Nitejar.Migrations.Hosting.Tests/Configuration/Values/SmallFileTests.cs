using System.IO.Pipes;
using System.Runtime.Versioning;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Hosting.Configuration.Values;

namespace Nitejar.Migrations.Hosting.Tests.Configuration.Values;

[Platform(Include = "Linux")]
[SupportedOSPlatform("linux")]
public sealed class SmallFileTests
{
    [Test]
    public void A_pipe_that_nobody_writes_is_given_up()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        var file = new SmallFile("The connection file", "--connection-file", largest: 1)
        {
            Patience = TimeSpan.FromMilliseconds(50),
        };

        Assert.That(
            () => file.Read($"/proc/self/fd/{pipe.GetClientHandleAsString()}"),
            Throws
                .TypeOf<InvalidRequestException>()
                .With.Message.Contains("whose writer did not come to an end within 0.05 s")
        );
    }

    [Test]
    public void A_pipe_is_read_to_its_end()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        var file = new SmallFile("The connection file", "--connection-file", largest: 1);
        pipe.Write("x.db"u8);
        var path = $"/proc/self/fd/{pipe.GetClientHandleAsString()}";
        var read = Task.Run(() => file.Read(path));

        pipe.Write("\n"u8);
        pipe.Dispose();

        Assert.That(read.Result, Is.EqualTo("x.db\n"u8.ToArray()));
    }
}
