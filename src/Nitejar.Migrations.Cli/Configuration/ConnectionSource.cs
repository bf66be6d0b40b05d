using Nitejar.Migrations.Engine;

namespace Nitejar.Migrations.Cli.Configuration;

/// <summary>Finds the connection: the first source that has one wins.</summary>
internal static class ConnectionSource
{
    private const int LargestFile = 64 * 1024;
    private const string Default = "nitejar.db";

    /// <summary>Environment variables, in the order in which they count.</summary>
    private static readonly string[] Variables = ["NITEJAR_MIGRATE_CONNECTION", "DATABASE_URL"];

    /// <exception cref="InvalidRequestException">The first source that is set makes no sense.</exception>
    public static ConnectionTarget Resolve(
        CommonOptions options,
        ChosenEnvironment? environment,
        Func<string, string?> variable
    )
    {
        var here = Directory.GetCurrentDirectory();
        if (options.Connection is { } given)
        {
            return new ConnectionParser("--connection", here).Parse(given);
        }

        if (options.ConnectionFile is { } file)
        {
            return new ConnectionParser($"The connection file {file}", here).Parse(ReadFile(file));
        }

        foreach (var name in Variables)
        {
            if (variable(name) is { } value && !string.IsNullOrWhiteSpace(value))
            {
                return new ConnectionParser(name, here).Parse(value);
            }
        }

        return environment?.Connection is { } configured
            ? new ConnectionParser(
                $"The connection of environment {environment.Name} in {environment.File}",
                environment.Folder
            ).Parse(References.Expand(configured, environment, variable))
            : new ConnectionTarget(Default, Microsoft.Data.Sqlite.SqliteOpenMode.ReadWriteCreate);
    }

    private static string ReadFile(string path)
    {
        try
        {
            if (new FileInfo(path) is { Length: > LargestFile })
            {
                throw new InvalidRequestException(
                    $"The connection file {path} is larger than {LargestFile / 1024} KiB.",
                    "It should hold one line: the connection."
                );
            }

            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException(
                $"The connection file {path} cannot be read: {e.Message}",
                "Correct the path of --connection-file or the file's permissions.",
                e
            );
        }
    }
}
