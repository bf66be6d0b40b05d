using System.Text;
using FluentMigrator;
using Nitejar.Migrations.Engine;

namespace Nitejar.Migrations.Hosting.Commands.Authoring;

/// <summary>The file that <c>new</c> writes.</summary>
internal static class MigrationTemplate
{
    private const string VersionFormat = "yyyyMMddHHmmss";

    /// <exception cref="InvalidRequestException">It cannot be the name of a class and of a file.</exception>
    public static void RequireClassName(string name)
    {
        if (
            name.Length is 0 or > 100
            || name == nameof(Migration)
            || !char.IsAsciiLetterUpper(name[0])
            || !name.All(char.IsAsciiLetterOrDigit)
        )
        {
            throw new InvalidRequestException(
                "A migration's name is a class name: letters and digits, a capital first, at most 100, and not Migration.",
                "Write for example `new AddRepoTopics`."
            );
        }
    }

    /// <summary>The current second, or the next one that no file of the folder has.</summary>
    public static string NextVersion(string folder, DateTime utcNow)
    {
        while (true)
        {
            var version = utcNow.ToString(VersionFormat, CultureInfo.InvariantCulture);
            if (!Directory.EnumerateFiles(folder, version + "_*.cs").Any())
            {
                return version;
            }

            utcNow = utcNow.AddSeconds(1);
        }
    }

    /// <summary>The file's content. The folder's name is the namespace where it can be one.</summary>
    public static byte[] Render(string version, string name, string folderName)
    {
        var isNamespace = folderName
            .Split('.')
            .All(part =>
                part.Length > 0
                && char.IsAsciiLetterUpper(part[0])
                && part.All(char.IsAsciiLetterOrDigit)
            );
        return RenderIn(isNamespace ? folderName : "Migrations", version, name);
    }

    private static byte[] RenderIn(string namespaceName, string version, string name) =>
        Encoding.UTF8.GetBytes(
            $$"""
            using FluentMigrator;

            namespace {{namespaceName}};

            /// <summary>What this changes, and why.</summary>
            [Migration({{version}})]
            public sealed class {{name}} : Migration
            {
                /// <inheritdoc />
                public override void Up() { }

                /// <inheritdoc />
                public override void Down() =>
                    throw new System.NotSupportedException("{{version}}_{{name}} has no Down yet.");
            }

            """
        );
}
