using System.Runtime.Versioning;
using Nitejar.Migrations.Engine.Files;

namespace Nitejar.Migrations.Engine.Tests.Files;

/// <summary>What a file's handle decides where its temporary name is another file's by now.</summary>
[SupportedOSPlatform("linux")]
[Platform("Linux")]
public sealed class NewFileTests
{
    private TemporaryFolder _folder = null!;
    private NewFile _file = null!;

    private string Target => _folder["target"];

    [SetUp]
    public void Make()
    {
        _folder = new TemporaryFolder();
        _file = NewFile.Beside(Target, NewFile.OnlyForOwner);
        _file.Content.Write("own"u8);
    }

    [TearDown]
    public void Remove()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void The_file_that_was_written_gets_the_name_though_another_has_its_own()
    {
        Exchange();

        Assert.That(FinalName.TryGive(_file, Target));

        Assert.That(File.ReadAllText(Target), Is.EqualTo("own"));
        Assert.That(new FileInfo(Target).LinkTarget, Is.Null);
    }

    [Test]
    public void A_name_that_is_taken_is_not_given()
    {
        File.WriteAllText(Target, "older");

        Assert.That(FinalName.TryGive(_file, Target), Is.False);

        Assert.That(File.ReadAllText(Target), Is.EqualTo("older"));
    }

    [Test]
    public void A_dangling_link_has_the_name_too()
    {
        File.CreateSymbolicLink(Target, _folder["nothing"]);

        Assert.That(FinalName.TryGive(_file, Target), Is.False);

        Assert.That(File.Exists(_folder["nothing"]), Is.False);
    }

    [Test]
    public void Nothing_is_replaced_by_another_file()
    {
        File.WriteAllText(Target, "older");
        Exchange();

        Assert.That(
            () => FinalName.Replace(_file, Target),
            Throws.TypeOf<ExchangedFileException>()
        );

        Assert.That(File.ReadAllText(Target), Is.EqualTo("older"));
    }

    [Test]
    public void A_file_that_has_no_name_left_gets_none()
    {
        File.Delete(_file.Path);

        Assert.That(
            () => FinalName.TryGive(_file, Target),
            Throws.TypeOf<ExchangedFileException>()
        );

        Assert.That(File.Exists(Target), Is.False);
    }

    [Test]
    public void What_was_opened_by_the_name_is_told_from_another_file()
    {
        Assert.That(_file.RequireOpened, Throws.TypeOf<ExchangedFileException>());
        using (Open())
        {
            Assert.That(_file.RequireOpened, Throws.Nothing);
        }

        Exchange();
        using (Open())
        {
            Assert.That(_file.RequireOpened, Throws.TypeOf<ExchangedFileException>());
        }
    }

    [Test]
    public void No_temporary_name_is_left()
    {
        FinalName.Replace(_file, Target);
        _file.Dispose();
        using (NewFile.Beside(Target, NewFile.OnlyForOwner)) { }

        Assert.That(Directory.GetFiles(_folder.Path), Is.EqualTo(new[] { Target }));
    }

    [Test]
    public void All_folders_that_are_made_are_for_their_owner_alone()
    {
        OwnersFolder.Create(_folder["a/b/c"]);

        foreach (var made in (string[])["a", "a/b", "a/b/c"])
        {
            Assert.That(
                File.GetUnixFileMode(_folder[made]),
                Is.EqualTo(NewFile.OnlyForOwner | UnixFileMode.UserExecute),
                made
            );
        }
    }

    private FileStream Open() =>
        new(_file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private void Exchange()
    {
        File.WriteAllText(_folder["other"], "another");
        File.Move(_file.Path, _folder["aside"]);
        File.CreateSymbolicLink(_file.Path, _folder["other"]);
    }
}
