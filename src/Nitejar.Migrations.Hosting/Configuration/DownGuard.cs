using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Hosting.Configuration.Json;
using Nitejar.Migrations.Hosting.Configuration.Values;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Configuration;

/// <summary>Finds out whether <c>allowDown</c> is false for a database, however its connection was given.</summary>
internal static class DownGuard
{
    /// <summary>The name of the environment that guards the database; <see langword="null"/> for none.</summary>
    public static string? Find(
        MigrationsJson? config,
        ChosenEnvironment? chosen,
        IDatabase target,
        HostedProgram program
    )
    {
        foreach (var (name, values) in config?.Environments ?? NoEnvironments)
        {
            if (values.AllowDown is not false)
            {
                continue;
            }

            // Without a connection of its own, it means whatever database it is chosen for.
            var isNamed = values.Connection is null
                ? name == chosen?.Name
                : Names(new ChosenEnvironment(name, config!.File, config.Folder, values));
            if (isNamed)
            {
                return name;
            }
        }

        return null;

        bool Names(ChosenEnvironment environment)
        {
            try
            {
                var text = References.Expand(
                    environment.Connection!,
                    environment,
                    program.Variable
                );
                var parser = new ConnectionParser(environment.Name, environment.Folder, program);
                return parser.Parse(text).IsSame(target);
            }
            catch (InvalidRequestException)
            {
                // It cannot be used as it is, so that it names no database.
                return false;
            }
        }
    }

    private static IReadOnlyDictionary<string, EnvironmentJson> NoEnvironments { get; } =
        new Dictionary<string, EnvironmentJson>();
}
