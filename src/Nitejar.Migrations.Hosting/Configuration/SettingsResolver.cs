using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Hosting.Configuration.Json;
using Nitejar.Migrations.Hosting.Output.Secrets;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Configuration;

/// <summary>Weighs options, environment variables and migrations.json.</summary>
internal static class SettingsResolver
{
    /// <exception cref="InvalidRequestException">One of them is wrong.</exception>
    public static Settings Resolve(CommonOptions options, HostedProgram program, Redactor redactor)
    {
        var (config, problem) = Load(options, program);
        foreach (var configured in config?.Environments.Values ?? [])
        {
            redactor.AddFrom(configured.Connection);
        }

        var environment = MigrationsJsonFile.Choose(config, options.Environment);
        var values = environment?.Values ?? new EnvironmentJson();
        var target = ConnectionSource.Resolve(options, environment, program, redactor);
        redactor.Add(program.Variable("PGPASSWORD"));
        return new Settings(
            target,
            environment?.Name,
            options.LockTimeout ?? values.LockTimeout ?? Settings.DefaultLockTimeout,
            options.StatementTimeout ?? values.StatementTimeout,
            ReceiptOf(environment, program, target),
            DownGuard.Find(config, environment, target, program),
            values.Backup ?? true,
            BackupsOf(environment),
            [.. WarningsOf(config), .. new[] { problem, target.Warning }.OfType<string>()]
        )
        {
            Tags = options.Tags.Count > 0 ? options.Tags : values.Tags ?? [],
            DdlLockTimeout = options.DdlLockTimeout,
            Transaction = options.Transaction ?? values.Transaction ?? CommitUnit.Run,
            Wait = options.Wait ?? TimeSpan.Zero,
            ConnectionSource = ConnectionSource.NameOf(options, environment, program),
            Note = ConnectionSource.NoteOn(options, environment, program),
        };
    }

    /// <summary>At night, a slip in a file that the command does not need must not keep anyone from looking.</summary>
    private static (MigrationsJson? Config, string? Problem) Load(
        CommonOptions options,
        HostedProgram program
    )
    {
        try
        {
            return (MigrationsJsonFile.Load(options.ConfigFile), null);
        }
        catch (InvalidRequestException e)
            when (!options.NeedsConfiguration
                && options.ConfigFile is null
                && ConnectionSource.IsGiven(options, program)
            )
        {
            return (
                null,
                $"The configuration was left out, with its timeouts, backup and receipt settings: {e.Message}"
            );
        }
    }

    private static ReceiptLocation? ReceiptOf(
        ChosenEnvironment? environment,
        HostedProgram program,
        IDatabase target
    )
    {
        if (
            program.Variable(ReceiptSubject.Variable) is { } file
            && !string.IsNullOrWhiteSpace(file)
        )
        {
            var path = Path.GetFullPath(file);
            new ReceiptPlace(path, target.File, program.Drivers).Require(
                $"The path in {ReceiptSubject.Variable}"
            );
            return new ReceiptLocation(path, IsFolder: false);
        }

        return environment?.Values.ReceiptDirectory is { } folder
            ? new ReceiptLocation(Path.GetFullPath(folder, environment.Folder), IsFolder: true)
            : null;
    }

    private static BackupSettings BackupsOf(ChosenEnvironment? environment) =>
        new(
            environment?.Values.BackupDirectory is { } folder
                ? Path.GetFullPath(folder, environment.Folder)
                : null,
            environment?.Values.BackupsToKeep ?? BackupSettings.DefaultKeep
        );

    private static List<string> WarningsOf(MigrationsJson? config)
    {
        List<string> warnings = [];
        if (config is null)
        {
            return warnings;
        }

        foreach (var (name, values) in config.Environments)
        {
            if (LiteralSecret.In(values.Connection) is not null)
            {
                warnings.Add(
                    $"{config.File}: the connection of environment {name} holds a literal secret; write ${{VARIABLE}} instead."
                );
            }
        }

        return warnings;
    }
}
