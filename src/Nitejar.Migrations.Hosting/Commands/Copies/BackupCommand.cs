using System.CommandLine;
using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Hosting.Commands.Options;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Output.Formats;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Copies;

/// <summary><c>backup</c></summary>
internal static class BackupCommand
{
    public static Command Create(CommandContext context)
    {
        var to = SharedOptions.File(
            "--to",
            "The file to write, which must not exist (default: a new one in the folder for backups)"
        );
        var command = new Command(
            "backup",
            "Copy a SQLite database into one verified file, while others use it"
        )
        {
            to,
        };
        var options = new DatabaseOptions(command);
        command.SetAction(parsed =>
        {
            var target = CopyTarget.Resolve(
                context,
                options.ReadTolerantly(parsed),
                "pg_dump --format=custom"
            );
            var backup = CopyAction.Run(
                context,
                target,
                (control, _) =>
                    parsed.GetValue(to) is { } file
                        ? target.Copies.BackUpTo(file, control)
                        : target.Copies.BackUp(target.Settings.Backups, control)
            );
            var warnings = parsed.GetValue(to) is null
                ? target.Copies.Prune(target.Settings.Backups, backup)
                : [];
            if (backup.Warning is { } notChecked)
            {
                warnings = [notChecked, .. warnings];
            }

            Write(context.Terminal, backup, warnings);
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static void Write(
        Terminal terminal,
        BackupResult backup,
        IReadOnlyList<string> warnings
    )
    {
        foreach (var warning in warnings)
        {
            terminal.Warn(warning);
        }

        if (!terminal.IsJson)
        {
            terminal.Answer(
                $"{backup.Path}\n\n{Words.OfBytes(backup.Bytes)} copied and verified in {Words.Of(backup.Duration)}\n"
            );
            return;
        }

        JsonAnswer.Write(
            terminal,
            Ending.Success,
            json =>
            {
                json.WriteString("backup", backup.Path);
                json.WriteNumber("bytes", backup.Bytes);
                json.WriteDuration("durationMs", backup.Duration);
                json.WriteArray("warnings", warnings);
            }
        );
    }
}
