using System.CommandLine;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Hosting.Commands.Options;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Copies;

/// <summary><c>restore</c></summary>
internal static class RestoreCommand
{
    public static Command Create(CommandContext context)
    {
        var file = SharedOptions.FileArgument("The backup to restore");
        var yes = SharedOptions.Flag("--yes", "Do not ask before the database is replaced");
        var noBackup = SharedOptions.NoBackup("it is replaced");
        var command = new Command("restore", "Replace a SQLite database by a backup")
        {
            file,
            yes,
            noBackup,
        };
        var options = new DatabaseOptions(command);
        command.SetAction(parsed =>
        {
            var target = CopyTarget.Resolve(
                context,
                options.Read(parsed),
                "pg_restore --clean --if-exists"
            );
            if (target.Settings.ConnectionSource is null)
            {
                throw new InvalidRequestException(
                    "No connection says which database the backup replaces.",
                    "Name the database with -c, or with any other source of a connection."
                );
            }

            var result = new RestoreAction(context, target).Execute(
                parsed.GetValue(file)!,
                parsed.GetValue(yes),
                parsed.GetValue(noBackup) ? null : target.Settings.Backups
            );
            RestoreReport.Write(context.Terminal, target.Database, result);
            return (int)ExitCode.Success;
        });
        return command;
    }
}
