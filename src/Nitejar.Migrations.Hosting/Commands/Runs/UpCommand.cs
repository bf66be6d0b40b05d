using System.CommandLine;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Hosting.Commands.Options;
using Nitejar.Migrations.Hosting.Configuration.Values;

namespace Nitejar.Migrations.Hosting.Commands.Runs;

/// <summary><c>up</c></summary>
internal static class UpCommand
{
    public static Command Create(CommandContext context)
    {
        var to = SharedOptions.Version("--to", "The last version to apply");
        var steps = SharedOptions.Steps("How many migrations to apply");
        var tags = SharedOptions.Tags();
        var outOfOrder = SharedOptions.Flag(
            "--allow-out-of-order",
            "Also apply what is older than something applied already"
        );
        var allowBreaking = SharedOptions.Flag(
            "--allow-breaking",
            "Also apply migrations that declare a breaking change"
        );
        var allowEmptyFile = SharedOptions.Flag(
            "--allow-empty-file",
            "Take a file of 0 bytes for an empty database, where it is"
        );
        var acceptChanged = new Option<long[]>("--accept-changed")
        {
            Description = "Record the changed SQL of this applied migration",
            HelpName = "VERSION",
            CustomParser = argument =>
            {
                var versions = argument
                    .Tokens.Select(t => SharedOptions.ToVersion(t.Value))
                    .ToArray();
                if (versions.Contains(null))
                {
                    argument.AddError("--accept-changed wants a version such as 20240501120000.");
                }

                return [.. versions.OfType<long>()];
            },
        };
        var resume = SharedOptions.Flag(
            "--resume",
            "Continue a migration without a transaction that was interrupted"
        );
        var adopt = SharedOptions.Flag(
            "--adopt",
            "Before, record migrations as applied whose objects another tool has made"
        );
        var discardArchive = SharedOptions.Flag(
            "--discard-archive",
            "Remove archived rows of the migrations for good instead of putting them back"
        );
        var transaction = SharedOptions.Transaction();
        var noBackup = SharedOptions.NoBackup("the run");
        var command = new Command("up", "Apply pending migrations")
        {
            to,
            steps,
            tags,
            outOfOrder,
            allowEmptyFile,
            allowBreaking,
            acceptChanged,
            resume,
            adopt,
            discardArchive,
            transaction,
            noBackup,
        };
        var plan = new PlanOptions(
            command,
            [to, steps, tags, outOfOrder, allowBreaking, acceptChanged, resume, adopt, transaction],
            discardArchive
        );
        plan.ExcludeFile(command, adopt);
        SharedOptions.Exclude(command, adopt, steps);
        var targets = new TargetOptions(command, [.. plan.OfFiles, allowEmptyFile]);
        var database = new DatabaseOptions(command, tags);
        SharedOptions.Exclude(command, to, steps);
        command.SetAction(parsed =>
            new RunAction(context, "up").Execute(
                new UpRequest(
                    parsed.GetValue(to),
                    parsed.GetValue(steps),
                    parsed.GetValue(outOfOrder),
                    parsed.GetValue(acceptChanged),
                    parsed.GetValue(resume)
                )
                {
                    AllowBreaking = parsed.GetValue(allowBreaking),
                    Adopts = parsed.GetValue(adopt),
                },
                database.ReadTolerantly(parsed) with
                {
                    AllowsEmptyFile = parsed.GetValue(allowEmptyFile),
                    Transaction = CommitUnits.Parse(parsed.GetValue(transaction)),
                },
                new RunChoices(
                    plan.IsDryRun(parsed) ? Confirmation.DryRun : Confirmation.Wanted,
                    KeepRows: !parsed.GetValue(discardArchive),
                    BackUp: !parsed.GetValue(noBackup)
                )
                {
                    PlanOut = plan.Out(parsed),
                    PlanFile = plan.Plan(parsed),
                    TargetSchemas = targets.Schemas(parsed),
                }
            )
        );
        return command;
    }
}
