using System.Text;
using Nitejar.Migrations.Cli.Configuration.Values;
using Nitejar.Migrations.Cli.Output.Secrets;
using Nitejar.Migrations.Engine;

namespace Nitejar.Migrations.Cli.Configuration;

/// <summary>Finds the connection: the first source that has one wins.</summary>
internal static class ConnectionSource
{
    private const int LargestFile = 64; // KiB
    private const string Default = "nitejar.db";
    private const string Option = "--connection";

    /// <summary>Environment variables, in the order in which they count.</summary>
    private static readonly string[] Variables = ["NITEJAR_MIGRATE_CONNECTION", "DATABASE_URL"];

    /// <exception cref="InvalidRequestException">The first source that is set makes no sense.</exception>
    public static ConnectionTarget Resolve(
        CommonOptions options,
        ChosenEnvironment? environment,
        Func<string, string?> variable,
        Redactor redactor
    )
    {
        ConnectionTarget Parse(string source, string folder, string text)
        {
            redactor.AddFrom(text);
            return new ConnectionParser(source, folder) { AllowsBareWord = source == Option }.Parse(
                text
            );
        }

        var here = Directory.GetCurrentDirectory();
        if (options.Connection is { } given)
        {
            return Parse(Option, here, given);
        }

        if (options.ConnectionFile is { } file)
        {
            var content = new SmallFile(
                "The connection file",
                "--connection-file",
                LargestFile
            ).Read(file);
            return Parse(
                $"The connection file {file}",
                here,
                Encoding.UTF8.GetString(content).TrimStart('\uFEFF')
            );
        }

        foreach (var name in Variables)
        {
            if (variable(name) is { } value && !string.IsNullOrWhiteSpace(value))
            {
                return Parse(name, here, value);
            }
        }

        return environment?.Connection is { } configured
            ? Parse(
                $"The connection of environment {environment.Name} in {environment.File}",
                environment.Folder,
                References.Expand(configured, environment, variable)
            )
            : new ConnectionTarget(Default, Microsoft.Data.Sqlite.SqliteOpenMode.ReadWriteCreate);
    }
}
