using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Configuration;

/// <summary>
/// Places that are only asked about here: a program that did put a receipt there, as root, would take them away from
/// the whole machine.
/// </summary>
[Platform(Exclude = "Win")]
public sealed class ReceiptPlaceTests
{
    [TestCase("/dev/null")]
    [TestCase("/dev/stdout")]
    [TestCase("/dev/fd/1")]
    [TestCase("/proc/self/fd/1")]
    [TestCase("/sys/kernel/profiling")]
    public void What_the_system_put_there_stays(string path)
    {
        Assert.That(
            new ReceiptPlace(path, "x.db", TestProgram.Alone.Drivers).FindProblem(),
            Is.EqualTo("is a name of the system's own")
        );
    }

    [TestCase("/dev/shm/nitejar-receipt.json")]
    [TestCase("/device/receipt.json")]
    public void What_is_called_alike_is_no_obstacle(string path)
    {
        Assert.That(
            new ReceiptPlace(path, "x.db", TestProgram.Alone.Drivers).FindProblem(),
            Is.Null
        );
    }
}
