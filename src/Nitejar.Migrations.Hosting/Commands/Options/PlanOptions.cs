using System.CommandLine;

namespace Nitejar.Migrations.Hosting.Commands.Options;

/// <summary><c>--dry-run</c>, <c>--out</c> and <c>--plan</c>, which commands that run a plan have in common.</summary>
internal sealed class PlanOptions
{
    private readonly Option<bool> _dryRun = SharedOptions.Flag(
        "--dry-run",
        "Print the SQL; execute nothing"
    );
    private readonly Option<string?> _out = new("--out")
    {
        Description = "With --dry-run: also write the plan, for --plan",
        HelpName = "FILE",
    };
    private readonly Option<string?> _plan = new("--plan")
    {
        Description = "Run exactly this plan, or nothing",
        HelpName = "FILE",
    };

    /// <param name="command">The command that gets them.</param>
    /// <param name="choosing">What says which migrations are meant, and cannot be combined with a plan that says it.</param>
    /// <param name="discarding">Lets rows go that the archive keeps otherwise; a plan always keeps them. <see langword="null"/> for none.</param>
    public PlanOptions(Command command, Option[] choosing, Option? discarding = null)
    {
        command.Add(_dryRun);
        command.Add(_out);
        command.Add(_plan);
        foreach (var option in (Option[])[_dryRun, _out, .. choosing])
        {
            SharedOptions.Exclude(command, _plan, option);
        }

        if (discarding is not null)
        {
            SharedOptions.Exclude(command, _plan, discarding);
            SharedOptions.Exclude(command, _out, discarding);
        }

        command.Validators.Add(result =>
        {
            if (
                result.GetResult(_out) is { Implicit: false }
                && result.GetResult(_dryRun) is not { Implicit: false }
            )
            {
                result.AddError("--out needs --dry-run.");
            }
        });
    }

    /// <summary>Refuses an option beside <c>--out</c>, because a plan in a file cannot say it.</summary>
    public void ExcludeFile(Command command, Option option) =>
        SharedOptions.Exclude(command, _out, option);

    /// <summary>What reads or writes a plan in a file, which is about one database.</summary>
    public Option[] OfFiles => [_out, _plan];

    /// <summary>Whether nothing is executed.</summary>
    public bool IsDryRun(ParseResult parsed) => parsed.GetValue(_dryRun);

    /// <summary>Where the plan is written; <see langword="null"/> for nowhere.</summary>
    public string? Out(ParseResult parsed) => parsed.GetValue(_out);

    /// <summary>The plan that is run; <see langword="null"/> for what the other options mean.</summary>
    public string? Plan(ParseResult parsed) => parsed.GetValue(_plan);
}
