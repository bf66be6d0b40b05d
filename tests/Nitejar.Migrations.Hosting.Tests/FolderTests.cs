using Nitejar.Tests.Layout;

namespace Nitejar.Migrations.Hosting.Tests;

public sealed class FolderTests
{
    [Test]
    public void No_two_folders_need_each_other() =>
        Assert.That(Folders.FindCycle(typeof(CommandLine)), Is.Empty);
}
