using System.Text.Json;
using System.Text.RegularExpressions;

namespace Nitejar.Migrations.Builds.Tests.Packages;

/// <summary>What the files say that ship a project of the template.</summary>
/// <param name="folder">The project.</param>
internal sealed partial class TemplateFiles(string folder)
{
    private readonly string[] _dockerfile = File.ReadAllLines(Path.Combine(folder, "Dockerfile"));
    private readonly string _job = File.ReadAllText(Path.Combine(folder, "deploy/job.yaml"));

    /// <summary>The image's own command to publish, as arguments of <c>dotnet</c>.</summary>
    public string[] Publish =>
        [
            .. All("RUN")
                .Single(run => run.StartsWith("dotnet ", StringComparison.Ordinal))
                .Split(' ')
                .Skip(1),
        ];

    /// <summary>What is copied from the stage that builds, and to where.</summary>
    public string[][] Copied =>
        [
            .. All("COPY")
                .Where(copy => copy.StartsWith("--from", StringComparison.Ordinal))
                .Select(copy => copy.Split(' ')),
        ];

    /// <summary>Where the program is started.</summary>
    public string WorkingFolder => All("WORKDIR").Last();

    /// <summary>The program and what it does unless told otherwise.</summary>
    public string[] Started => [.. Words("ENTRYPOINT"), .. Words("CMD")];

    /// <summary>Who runs it in the image.</summary>
    public string User => All("USER").Single();

    /// <summary>Who runs it in Kubernetes.</summary>
    public string JobUser => JobUsers().Match(_job).Groups[1].Value;

    /// <summary>What it does in Kubernetes.</summary>
    public string[] JobArguments =>
        JsonSerializer.Deserialize<string[]>(JobArgumentLines().Match(_job).Groups[1].Value)!;

    /// <summary>The variables that it gets there.</summary>
    public string[] JobVariables =>
        [.. JobVariableLines().Matches(_job).Select(match => match.Groups[1].Value)];

    /// <summary>What the workflow executes.</summary>
    public string[] WorkflowCommands =>
        [
            .. RunLines()
                .Matches(File.ReadAllText(Path.Combine(folder, ".github/workflows/migrations.yml")))
                .Select(match => match.Groups[1].Value),
        ];

    /// <summary>The file patterns that do not get into the stage that builds.</summary>
    public string[] Ignored => File.ReadAllLines(Path.Combine(folder, ".dockerignore"));

    private IEnumerable<string> All(string instruction) =>
        _dockerfile
            .Where(line => line.StartsWith(instruction + " ", StringComparison.Ordinal))
            .Select(line => line[(instruction.Length + 1)..]);

    private string[] Words(string instruction) =>
        JsonSerializer.Deserialize<string[]>(All(instruction).Single())!;

    [GeneratedRegex(@"runAsUser: (\d+)")]
    private static partial Regex JobUsers();

    [GeneratedRegex(@"args: (\[.*\])")]
    private static partial Regex JobArgumentLines();

    [GeneratedRegex(@"- name: (\w+_\w+)")]
    private static partial Regex JobVariableLines();

    [GeneratedRegex(@"- run: (.+)")]
    private static partial Regex RunLines();
}
