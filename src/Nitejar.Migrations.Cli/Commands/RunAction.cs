using Nitejar.Migrations.Cli.Configuration;
using Nitejar.Migrations.Cli.Output;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;

namespace Nitejar.Migrations.Cli.Commands;

/// <summary>How far a command may go.</summary>
internal enum Consent
{
    /// <summary>Only show what would be done.</summary>
    DryRun,

    /// <summary>Ask before rows are taken away, or refuse where nobody can be asked.</summary>
    NotGiven,

    /// <summary><c>--yes</c>.</summary>
    Given,
}

/// <summary>What <c>up</c>, <c>down</c> and <c>redo</c> have in common: run, leave a receipt, report.</summary>
internal sealed class RunAction(CommandContext context, string command)
{
    /// <exception cref="MigrateException">Nothing could be planned or shown.</exception>
    public int Execute(MigrationRequest request, CommonOptions options, Consent consent)
    {
        var settings = context.Resolve(options);
        var database = settings.Target.ToDatabase();
        if (consent == Consent.DryRun)
        {
            var preview = new DryRun(database, context.LoadCatalog()).Preview(
                request,
                settings.LockTimeout
            );
            DryRunReport.Write(context.Terminal, command, database, preview);
            return (int)ExitCode.Success;
        }

        RequireAllowed(request, settings);
        var result = Run(request, settings, database, consent);
        var code = result.Failure is { } failure ? ExitCodes.Of(failure) : ExitCode.Success;
        Receipt.Write(context.Terminal, command, settings, database, result);
        RunReport.Write(context.Terminal, command, database, result);
        return (int)code;
    }

    private static void RequireAllowed(MigrationRequest request, Settings settings)
    {
        if (request is not UpRequest && !settings.AllowDown)
        {
            throw new RefusedException(
                $"Environment {settings.Environment} does not allow migrations to be reverted (allowDown in migrations.json).",
                "Change allowDown if that is meant, or choose another environment."
            );
        }
    }

    private RunResult Run(
        MigrationRequest request,
        Settings settings,
        IDatabase database,
        Consent consent
    )
    {
        var signals = new Signals();
        var runner = new MigrationRunner(database, context.LoadCatalog(), CommandContext.Origin);
        var observer = new RunNotes(context.Terminal, database);
        var run = new RunSettings(
            settings.LockTimeout,
            settings.StatementTimeout,
            AllowDataLoss: consent == Consent.Given
        );

        var result = runner.Run(request, run, observer, signals.Token);
        if (
            result.Failure is DataLossRefusedException refused
            && Question.Ask(context.Terminal, refused)
        )
        {
            result = runner.Run(
                request,
                run with
                {
                    AllowDataLoss = true,
                },
                observer,
                signals.Token
            );
        }

        return result.Failure is OperationCanceledException
            ? result with
            {
                Failure = signals.ToFailure(),
            }
            : result;
    }
}
