using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Trust.Verifying;
using Nitejar.Migrations.Engine.Trust.Verifying.Comparing;

namespace Nitejar.Migrations.Hosting.Output.Verifying;

/// <summary>
/// Workflow commands by which GitHub Actions shows each finding beside the file of its migration. GitHub reads them from
/// stderr too, so that stdout stays the answer.
/// </summary>
/// <param name="terminal">Where to.</param>
/// <param name="folder">The folder of the migrations' files.</param>
/// <param name="workspace">The root of the repository, where paths begin.</param>
internal sealed class GithubAnnotations(Terminal terminal, string folder, string workspace)
{
    /// <summary>The variable that is <c>true</c> where GitHub Actions runs the program.</summary>
    public const string Variable = "GITHUB_ACTIONS";

    /// <summary>The variable that names the root of the repository.</summary>
    public const string WorkspaceVariable = "GITHUB_WORKSPACE";

    public void Write(VerifyReport report)
    {
        foreach (var migration in report.Migrations)
        {
            foreach (var finding in migration.Findings)
            {
                Write(finding, migration.Id.ToString(), FileOf(migration.Id));
            }
        }

        foreach (var finding in report.Whole.SelectMany(w => w.Findings))
        {
            Write(finding, "all migrations", file: null);
        }
    }

    private void Write(Finding finding, string title, string? file)
    {
        var place = file is null ? "" : $"file={Property(file)},";
        terminal.Error(
            $"::error {place}title={Property($"verify: {title}")}::{Data(VerifyWords.TextOf(finding))}\n"
        );
    }

    /// <summary>The path from the root of the repository; <see langword="null"/> where there is no such file in it.</summary>
    private string? FileOf(MigrationId id)
    {
        var file = Path.Combine(folder, $"{id}.cs");
        var path = Path.GetRelativePath(workspace, file).Replace('\\', '/');
        return
            File.Exists(file)
            && !path.StartsWith("../", StringComparison.Ordinal)
            && !Path.IsPathRooted(path)
            ? path
            : null;
    }

    /// <summary>https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts</summary>
    private static string Data(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text)
            .Replace(":", "%3A", StringComparison.Ordinal)
            .Replace(",", "%2C", StringComparison.Ordinal);
}
