using Nitejar.Migrations.Hosting.Commands.Authoring;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Commands.Authoring;

public sealed class MigrationTemplateTests
{
    private static readonly DateTime Now = new(2025, 12, 31, 23, 59, 58, DateTimeKind.Utc);

    [TestCase("A")]
    [TestCase("AddRepoTopics")]
    [TestCase("AddV2Topics")]
    public void A_class_name_is_accepted(string name)
    {
        Assert.That(() => MigrationTemplate.RequireClassName(name), Throws.Nothing);
    }

    [TestCase("")]
    [TestCase("addTopics")]
    [TestCase("2Topics")]
    [TestCase("Add Topics")]
    [TestCase("Add_Topics")]
    [TestCase("Add-Topics")]
    [TestCase("../Topics")]
    [TestCase("Add/Topics")]
    [TestCase("Ünder")]
    [TestCase("Add\0")]
    [TestCase("@response")]
    [TestCase("Add;DROP")]
    public void What_cannot_be_a_class_is_refused(string name)
    {
        var refused = Refusals.Of(() => MigrationTemplate.RequireClassName(name));

        Assert.That(refused.Message, Does.StartWith("A migration's name is a class name"));
    }

    [Test]
    public void A_name_has_at_most_a_hundred_characters()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                () => MigrationTemplate.RequireClassName(new string('A', 100)),
                Throws.Nothing
            );
            Refusals.Of(() => MigrationTemplate.RequireClassName(new string('A', 101)));
        });
    }

    [TestCase("", "20251231235958")]
    [TestCase("20251231235958_Other.cs", "20251231235959")]
    [TestCase("20251231235958_Other.cs 20251231235959_More.cs", "20260101000000")]
    [TestCase("20251231235958.cs 20251231235958_Note.txt", "20251231235958")]
    public void The_version_is_the_first_second_that_is_free(string present, string version)
    {
        using var folder = new TemporaryFolder();
        foreach (var name in present.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            File.WriteAllText(folder[name], "");
        }

        Assert.That(MigrationTemplate.NextVersion(folder.Path, Now), Is.EqualTo(version));
    }

    [TestCase("Nitejar.Migrations", "Nitejar.Migrations")]
    [TestCase("Db2", "Db2")]
    [TestCase("my migrations", "Migrations")]
    [TestCase("my-migrations", "Migrations")]
    [TestCase("2025", "Migrations")]
    [TestCase("a..b", "Migrations")]
    [TestCase(".hidden", "Migrations")]
    [TestCase("", "Migrations")]
    public void The_folder_is_the_namespace_where_it_can_be_one(string folder, string expected)
    {
        Assert.That(Render("1", "AddTopics", folder), Does.Contain($"\nnamespace {expected};\n"));
    }

    [Test]
    public void The_file_has_version_and_name_and_a_down_that_fails()
    {
        Assert.That(
            Render("20251231235958", "AddTopics", "Db"),
            Is.EqualTo(
                """
                using FluentMigrator;

                namespace Db;

                /// <summary>What this changes, and why.</summary>
                [Migration(20251231235958)]
                public sealed class AddTopics : Migration
                {
                    /// <inheritdoc />
                    public override void Up() { }

                    /// <inheritdoc />
                    public override void Down() =>
                        throw new System.NotSupportedException("20251231235958_AddTopics has no Down yet.");
                }

                """
            )
        );
    }

    private static string Render(string version, string name, string folder) =>
        Encoding.UTF8.GetString(MigrationTemplate.Render(version, name, folder));
}
