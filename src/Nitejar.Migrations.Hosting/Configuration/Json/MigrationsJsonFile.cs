using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Hosting.Configuration.Values;

namespace Nitejar.Migrations.Hosting.Configuration.Json;

/// <summary>Finds and reads migrations.json.</summary>
internal static class MigrationsJsonFile
{
    public const string Name = "migrations.json";
    private const int LargestFile = 1024; // KiB

    /// <summary>The file named by <c>--config</c>, else the nearest one; <see langword="null"/> without one.</summary>
    /// <exception cref="InvalidRequestException">It cannot be read or is wrong; the place is named.</exception>
    public static MigrationsJson? Load(string? configFile)
    {
        return (configFile ?? MigrationsJsonSearch.Find()) is { } path
            ? new MigrationsJsonReader(
                path,
                new SmallFile("The configuration", "--config", LargestFile).Read(path)
            ).Read()
            : null;
    }

    /// <summary>Picks the environment by name, else the default.</summary>
    /// <exception cref="InvalidRequestException">There is no such environment.</exception>
    public static ChosenEnvironment? Choose(MigrationsJson? config, string? name)
    {
        var chosen = name ?? config?.DefaultEnvironment;
        if (chosen is null)
        {
            return null;
        }

        if (config is null)
        {
            throw new InvalidRequestException(
                $"--environment needs a {Name}, and there is none here or in a folder above.",
                "Run in the folder that has one or below it, or name it with --config."
            );
        }

        return config.Environments.TryGetValue(chosen, out var values)
            ? new ChosenEnvironment(chosen, config.File, config.Folder, values)
            : throw new InvalidRequestException(
                $"{config.File} has no environment {Shown(chosen, config)}.",
                config.Environments.Count == 0
                    ? "Add it under \"environments\"."
                    : $"It has: {string.Join(", ", config.Environments.Keys)}."
            );
    }

    /// <summary>A misspelt name is repeated. What is like none of the known ones could be a secret.</summary>
    private static string Shown(string chosen, MigrationsJson config) =>
        config.Environments.Keys.Any(known => NearestWord.IsNear(chosen, known)) ? chosen
        : chosen == config.DefaultEnvironment ? "of the name that defaultEnvironment gives"
        : "of the name that --environment gives";
}
