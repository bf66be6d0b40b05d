using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Input;

/// <summary>Names of files that are none are usage errors, whatever was to be done with them.</summary>
public sealed class FileNameTests : WorkplaceTests
{
    [Test]
    public void What_no_file_should_be_called_is_refused(
        [Values(
            "backup -c x.db --to",
            "restore -c x.db --yes",
            "status --connection-file",
            "status --config",
            "new AddTopics --config"
        )]
            string arguments,
        [Values("", "two\nlines", "\u001b[31mred", "\uFFFD")] string name
    )
    {
        Place.Run("up", "-c", "x.db").Exits(0);

        var result = Place.Run([.. arguments.Split(' '), name]).Exits(2);

        Assert.That(result.Error, Does.Contain("wants the path of a file"));
        Assert.That(Place.Files, Is.EqualTo((string[])["x.db"]));
    }

    [TestCase(" ")]
    [TestCase("a'b\"c")]
    [TestCase("a%20b")]
    [TestCase("a?mode=ro")]
    [TestCase("file:a?vfs=b#c")]
    [TestCase(":memory:")]
    [TestCase("--")]
    [TestCase("-x")]
    [TestCase("ä b€")]
    public void Any_other_name_is_taken_to_the_letter(string name)
    {
        Place.Run("up", "-c", "x.db").Exits(0);

        Place.Run("backup", "-c", "x.db", $"--to={name}").Exits(0);

        Assert.That(Place.Files, Is.EquivalentTo((string[])["x.db", name]));
        Place.Run("restore", "-c", "y.db", "--", name).Exits(0);
        Assert.That(Place.Sqlite("y.db", "SELECT count(*) FROM VersionInfo"), Is.EqualTo("2"));
    }
}
