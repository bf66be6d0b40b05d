using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running.Consents;

namespace Nitejar.Migrations.Hosting.Commands.Runs;

/// <summary>How far a command may go.</summary>
internal enum Confirmation
{
    /// <summary>Only show what would be done.</summary>
    DryRun,

    /// <summary>Ask before rows are removed, or refuse where there is no terminal.</summary>
    Wanted,

    /// <summary><c>--yes</c>.</summary>
    Given,
}

/// <summary>The choices of the command line beside the request itself.</summary>
/// <param name="Confirmation">How far the command may go.</param>
/// <param name="KeepRows">Whether <c>down</c> archives what it drops and <c>up</c> puts it back.</param>
/// <param name="BackUp">Whether a backup is taken before a run that can lose data.</param>
internal sealed record RunChoices(
    Confirmation Confirmation,
    bool KeepRows = true,
    bool BackUp = true
)
{
    /// <summary>What a run may remove that no plan file allows. An `up` never asks: what it removes, its author wrote for everybody who deploys it.</summary>
    public Consent ConsentTo(MigrationRequest request) =>
        Confirmation == Confirmation.Given || request is UpRequest
            ? Consent.ToRequest
            : Consent.NotGiven;

    /// <summary>Where a dry run writes its plan; <see langword="null"/> for nowhere.</summary>
    public string? PlanOut { get; init; }

    /// <summary>The file of the plan that is run; <see langword="null"/> for what the request means.</summary>
    public string? PlanFile { get; init; }

    /// <summary>Chooses the schemas in which it is done; <see langword="null"/> for the one of the connection.</summary>
    public string? TargetSchemas { get; init; }
}
