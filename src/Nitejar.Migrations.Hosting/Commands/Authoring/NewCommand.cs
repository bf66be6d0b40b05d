using System.CommandLine;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Hosting.Commands.Options;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Configuration.Json;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Output.Formats;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Authoring;

/// <summary><c>new</c></summary>
internal static class NewCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("NAME")
        {
            Description = "What the migration does, as a class name: AddRepoTopics",
        };
        var config = DatabaseOptions.ConfigFile();
        var command = new Command("new", "Write a migration file with the current UTC timestamp")
        {
            name,
            config,
        };
        command.SetAction(parsed =>
        {
            var file = Write(
                parsed.GetValue(name)!,
                MigrationsJsonFile.Load(parsed.GetValue(config))
            );
            context.Terminal.Data(
                context.Terminal.IsJson
                    ? JsonAnswer.Of(
                        context.Terminal,
                        Ending.Success,
                        json => json.WriteString("file", file)
                    )
                    : file + "\n"
            );
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static string Write(string name, MigrationsJson? config)
    {
        MigrationTemplate.RequireClassName(name);
        var folder = config?.MigrationsDirectory is { } configured
            ? Path.GetFullPath(configured, config.Folder)
            : Directory.GetCurrentDirectory();
        if (!Directory.Exists(folder))
        {
            throw new InvalidRequestException(
                $"The folder for migrations, {folder}, does not exist.",
                "Create it, or correct migrationsDirectory in migrations.json."
            );
        }

        if (Directory.EnumerateFiles(folder, $"*_{name}.cs").FirstOrDefault() is { } twin)
        {
            throw new InvalidRequestException(
                $"There is a migration {name} already: {Path.GetFileName(twin)}.",
                "Choose another name."
            );
        }

        var version = MigrationTemplate.NextVersion(folder, DateTime.UtcNow);
        var file = Path.Combine(folder, $"{version}_{name}.cs");
        try
        {
            using var stream = new FileStream(file, FileMode.CreateNew);
            stream.Write(MigrationTemplate.Render(version, name, Path.GetFileName(folder)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException(
                $"{file} cannot be written: {e.Message}",
                "Check that this user may write in the folder.",
                e
            );
        }

        return Path.GetRelativePath(".", file);
    }
}
