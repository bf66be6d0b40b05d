using System.CommandLine;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Trust.Verifying;
using Nitejar.Migrations.Hosting.Commands.Options;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Configuration.Json;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Output.Verifying;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Trust;

/// <summary><c>verify</c></summary>
internal static class VerifyCommand
{
    /// <summary>More would take hours, and not show more.</summary>
    private const long MostRows = 10_000_000;

    public static Command Create(CommandContext context)
    {
        var rows = Rows();
        var from = SharedOptions.File(
            "--from",
            "A database (SQLite) or SQL (PostgreSQL) with a released schema, which has to become the same as a new one"
        );
        var junit = SharedOptions.File("--junit", "Also write the result as JUnit's XML");
        var tags = SharedOptions.Tags();
        var command = new Command(
            "verify",
            "Prove on a scratch database that each Down undoes its Up, rows included"
        )
        {
            rows,
            from,
            junit,
            tags,
        };
        var options = new DatabaseOptions(command, tags);
        command.SetAction(parsed =>
        {
            var common = options.Read(parsed);
            var settings = context.Resolve(common);
            RequirePlace(
                parsed.GetValue(junit),
                [settings.Database.File, parsed.GetValue(from)],
                context.Program
            );
            var report = Verify(
                context,
                settings,
                new VerifySettings(parsed.GetValue(rows))
                {
                    Tags = settings.Tags,
                    Released = parsed.GetValue(from),
                }
            );
            return (int)Report(context, common, report, parsed.GetValue(junit));
        });
        return command;
    }

    private static VerifyReport Verify(
        CommandContext context,
        Settings settings,
        VerifySettings verify
    )
    {
        var terminal = context.Terminal;
        var catalog = context.LoadCatalog();
        foreach (var warning in UnusedTags.WarningsOf(catalog, settings.Tags))
        {
            terminal.Warn(warning);
        }

        using var signals = new Signals(interrupted => ErrorReport.Write(terminal, interrupted));
        try
        {
            return new Verification(settings.Database, catalog, context.Program.Origin).Run(
                verify with
                {
                    OnMigration = migration =>
                    {
                        if (!Console.IsErrorRedirected)
                        {
                            terminal.Note($"verifying {migration}");
                        }
                    },
                },
                signals.Token
            );
        }
        catch (OperationCanceledException)
        {
            throw signals.ToFailure();
        }
    }

    /// <summary>A result would replace what has its name.</summary>
    /// <exception cref="InvalidRequestException">That is a database, or not a file.</exception>
    private static void RequirePlace(
        string? junit,
        IEnumerable<string?> databases,
        HostedProgram program
    )
    {
        if (junit is null)
        {
            return;
        }

        foreach (var database in databases.OfType<string>())
        {
            var place = new ReceiptPlace(
                Path.GetFullPath(junit),
                Path.GetFullPath(database),
                program.Drivers
            );
            if (place.FindProblem() is { } problem)
            {
                throw new InvalidRequestException(
                    $"The path of --junit {problem}, so no result can be written there.",
                    "Name a file that is for results alone."
                );
            }
        }
    }

    private static ExitCode Report(
        CommandContext context,
        CommonOptions options,
        VerifyReport report,
        string? junit
    )
    {
        var terminal = context.Terminal;
        var failure = VerifyFailure.Of(report);
        VerifyView.Write(terminal, report, failure);
        if (context.Variable(GithubAnnotations.Variable) == "true")
        {
            var config = MigrationsJsonFile.Load(options.ConfigFile);
            var here = Directory.GetCurrentDirectory();
            new GithubAnnotations(
                terminal,
                config?.MigrationsDirectory is { } folder
                    ? Path.GetFullPath(folder, config.Folder)
                    : here,
                context.Variable(GithubAnnotations.WorkspaceVariable) ?? here
            ).Write(report);
        }

        if (junit is not null)
        {
            JUnitFile.Write(junit, report, terminal.Redactor.Clean);
        }

        return failure is null ? ExitCode.Success : ExitCode.CheckFailed;
    }

    private static Option<long?> Rows() =>
        new("--rows")
        {
            Description =
                "How many rows each table gets (default: as many as reach the edges of each type)",
            HelpName = "N",
            CustomParser = argument =>
            {
                var isCount =
                    long.TryParse(
                        argument.Tokens[0].Value,
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out var count
                    ) && count is > 0 and <= MostRows;
                if (!isCount)
                {
                    argument.AddError(
                        FormattableString.Invariant(
                            $"--rows wants a number of rows from 1 to {MostRows}."
                        )
                    );
                }

                return isCount ? count : null;
            },
        };
}
