using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;

namespace Nitejar.Migrations.Faults.Tests.Planted;

/// <summary>The console host built once from a copy of the sources that has all defects, each behind a variable.</summary>
internal sealed class PlantedProgram : IDisposable
{
    private const string Variable = "PLANTED_DEFECT";

    private static readonly string[] Projects =
    [
        "Nitejar.Migrations",
        "Nitejar.Migrations.Discovery",
        "Nitejar.Migrations.Engine",
        "Nitejar.Migrations.Hosting",
        "Nitejar.Migrations.Postgres",
        "Nitejar.Migrations.Rebuilding",
        "Nitejar.Migrations.Sqlite",
        "Nitejar.Migrations.Cli",
    ];

    private static readonly string[] Settings =
    [
        "Directory.Build.props",
        "Directory.Packages.props",
        "nuget.config",
        "global.json",
        ".editorconfig",
    ];

    private readonly TemporaryFolder _folder = new();

    /// <exception cref="FaultFound">A defect has no place in the sources any more, or the copy does not build.</exception>
    public static PlantedProgram Build()
    {
        var program = new PlantedProgram();
        try
        {
            program.Copy();
            var homeless = PlantedDefects
                .All.Append(PlantedDefects.Migrations)
                .SelectMany(program.Plant)
                .ToArray();
            Require.That(
                homeless.Length == 0,
                $"the sources have changed where defects are planted; plant them elsewhere in PlantedDefects.cs:\n{string.Join('\n', homeless)}"
            );
            program.Compile();
            return program;
        }
        catch
        {
            program.Dispose();
            throw;
        }
    }

    /// <summary>The program with one defect switched on; <see langword="null"/> for none.</summary>
    public MigrateProgram With(PlantedDefect? defect) =>
        new(
            _folder["out/nitejar-migrate"],
            [],
            new Dictionary<string, string> { [Variable] = defect?.Name ?? "" }
        );

    /// <summary>The program with some of <see cref="PlantedMigrations"/>.</summary>
    public MigrateProgram With(PlantedDefect? defect, string migrations)
    {
        var program = With(defect);
        return program with
        {
            Variables = new Dictionary<string, string>(program.Variables)
            {
                ["PLANTED_MIGRATIONS"] = migrations,
            },
        };
    }

    public void Dispose() => _folder.Dispose();

    private void Copy()
    {
        var repository = PublishedBinary.RepositoryFolder();
        foreach (var file in Settings)
        {
            File.Copy(Path.Combine(repository, file), _folder[file]);
        }

        foreach (var project in Projects)
        {
            CopyProject(Path.Combine(repository, "src", project), _folder[$"src/{project}"]);
        }

        var sources = Path.Combine(
            repository,
            "tests/Nitejar.Migrations.Faults.Tests/Planted/Source"
        );
        File.Copy(
            Path.Combine(sources, "Planted.cs"),
            _folder["src/Nitejar.Migrations.Engine/Planted.cs"]
        );
        foreach (
            var migrations in (string[])["Alone.cs", "Seeded.cs", "Asking.cs", "WrongDowns.cs"]
        )
        {
            File.Copy(
                Path.Combine(sources, migrations),
                _folder[$"src/Nitejar.Migrations/{migrations}"]
            );
        }

        foreach (var project in Projects.Where(name => name != "Nitejar.Migrations.Discovery"))
        {
            File.Copy(
                Path.Combine(sources, "PlantedUsings.cs"),
                _folder[$"src/{project}/PlantedUsings.cs"]
            );
        }
    }

    private static void CopyProject(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(from, file);
            if (name.Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj")
            {
                continue;
            }

            var copy = Path.Combine(to, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <returns>What cannot be planted, and where.</returns>
    private IEnumerable<string> Plant(PlantedDefect defect)
    {
        foreach (var edit in defect.Edits)
        {
            var sources = Directory.GetFiles(
                _folder["src"],
                edit.Type + ".cs",
                SearchOption.AllDirectories
            );
            var texts = sources.ToDictionary(source => source, File.ReadAllText);
            var found = texts.Values.Sum(text => text.Split(edit.Original).Length - 1);
            if (found == 1)
            {
                var (source, text) = texts.Single(t => t.Value.Contains(edit.Original));
                File.WriteAllText(source, text.Replace(edit.Original, edit.Defective));
            }
            else
            {
                yield return sources.Length == 0
                    ? $"{defect}: there is no {edit.Type}.cs"
                    : $"{defect}: {edit.Type} has {found} places with `{edit.Original}`";
            }
        }
    }

    private void Compile()
    {
        var result = new Command(
            Programs.Require("dotnet"),
            _folder["src/Nitejar.Migrations.Cli"],
            "publish",
            "-c",
            "Release",
            "-o",
            _folder["out"],
            "-nodeReuse:false",
            "-p:UseSharedCompilation=false",
            "-p:TreatWarningsAsErrors=false",
            "-p:RunAnalyzers=false",
            "-p:EnforceCodeStyleInBuild=false",
            "-p:GenerateDocumentationFile=false",
            "-p:NuGetAudit=false"
        )
        {
            InheritsEnvironment = true,
            Timeout = TimeSpan.FromMinutes(10),
        }.Run();
        Require.That(result.ExitCode == 0, $"the sources with defects do not build: {result}");
    }
}
