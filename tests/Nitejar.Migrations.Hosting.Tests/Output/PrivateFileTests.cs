using System.Runtime.Versioning;
using Nitejar.Migrations.Hosting.Output;

namespace Nitejar.Migrations.Hosting.Tests.Output;

[UnsupportedOSPlatform("windows")]
[Platform(Exclude = "Win")]
public sealed class PrivateFileTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void Only_the_owner_may_read_what_is_written()
    {
        PrivateFile.Write(_folder["receipt"], "content"u8.ToArray());

        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllText(_folder["receipt"]), Is.EqualTo("content"));
            Assert.That(File.GetUnixFileMode(_folder["receipt"]), Is.EqualTo(OwnerOnly));
            Assert.That(EntriesOf(_folder.Path), Is.EqualTo(["receipt"]));
        });
    }

    [Test]
    public void Missing_folders_are_made_for_the_owner_alone()
    {
        PrivateFile.Write(_folder["a/b/receipt"], "content"u8.ToArray());

        Assert.That(_folder["a/b/receipt"], Does.Exist);
        foreach (var made in (string[])["a", "a/b"])
        {
            Assert.That(
                File.GetUnixFileMode(_folder[made]),
                Is.EqualTo(OwnerOnly | UnixFileMode.UserExecute),
                made
            );
        }
    }

    [Test]
    public void A_file_that_others_could_read_is_replaced_by_one_that_they_cannot()
    {
        File.WriteAllText(_folder["receipt"], "a much longer text than the new one");
        File.SetUnixFileMode(_folder["receipt"], OwnerOnly | UnixFileMode.OtherRead);

        PrivateFile.Write(_folder["receipt"], "new"u8.ToArray());

        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllText(_folder["receipt"]), Is.EqualTo("new"));
            Assert.That(File.GetUnixFileMode(_folder["receipt"]), Is.EqualTo(OwnerOnly));
        });
    }

    [TestCase("victim")]
    [TestCase("absent")]
    public void A_symbolic_link_is_replaced_and_not_followed(string target)
    {
        File.WriteAllText(_folder["victim"], "precious");
        File.CreateSymbolicLink(_folder["receipt"], _folder[target]);

        PrivateFile.Write(_folder["receipt"], "content"u8.ToArray());

        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllText(_folder["victim"]), Is.EqualTo("precious"));
            Assert.That(new FileInfo(_folder["receipt"]).LinkTarget, Is.Null);
            Assert.That(File.ReadAllText(_folder["receipt"]), Is.EqualTo("content"));
            Assert.That(EntriesOf(_folder.Path), Is.EqualTo(["receipt", "victim"]));
        });
    }

    [Test]
    public void A_folder_in_the_way_leaves_no_temporary_file()
    {
        Directory.CreateDirectory(_folder["receipt/inner"]);

        Assert.That(
            () => PrivateFile.Write(_folder["receipt"], "content"u8.ToArray()),
            Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>()
        );
        Assert.That(EntriesOf(_folder.Path), Is.EqualTo(["receipt"]));
    }

    [Test]
    public void A_file_in_the_place_of_the_folder_is_an_error()
    {
        File.WriteAllText(_folder["file"], "content");

        Assert.That(
            () => PrivateFile.Write(_folder["file/receipt"], "content"u8.ToArray()),
            Throws.InstanceOf<IOException>()
        );
        Assert.That(File.ReadAllText(_folder["file"]), Is.EqualTo("content"));
    }

    [Test]
    public void A_folder_that_may_not_be_written_is_an_error_and_stays_empty()
    {
        Directory.CreateDirectory(_folder["closed"]);
        File.SetUnixFileMode(_folder["closed"], UnixFileMode.UserRead | UnixFileMode.UserExecute);

        // Nothing is closed to root but what the kernel keeps.
        var closed = Environment.IsPrivilegedProcess ? "/proc" : _folder["closed"];

        Assert.That(
            () => PrivateFile.Write(Path.Combine(closed, "receipt"), "content"u8.ToArray()),
            Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>()
        );
        Assert.That(EntriesOf(closed), Has.None.StartsWith("receipt"));
    }

    private static string[] EntriesOf(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder).Select(e => Path.GetFileName(e)).Order()];
}
