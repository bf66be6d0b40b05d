using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Hosting.Output.Notes;

namespace Nitejar.Migrations.Hosting.Commands.Targets;

/// <summary>What a request means for one target, as far as that can be told without executing it.</summary>
/// <param name="target">Which one.</param>
/// <param name="request">The request, which says where a Down ends.</param>
/// <param name="shown">What would be done; of no step where nothing is to do or it cannot be done.</param>
internal sealed class TargetPlan(Target target, MigrationRequest request, Proposal shown)
{
    public string Name => target.Name;

    public MigrationRequest Request => request;

    public Proposal Shown => shown;

    /// <summary>The migrations, as people name them; empty for none.</summary>
    public string Migrations { get; } = string.Join(", ", shown.Plan.Steps.Select(step => step.Id));

    /// <summary>Sentences for a person.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Why it cannot be done; <see langword="null"/> where nothing speaks against it.</summary>
    public MigrateException? Problem { get; init; }
}

/// <summary>What a request means for each of several targets. Nothing is executed, and no lock is taken.</summary>
internal sealed class TargetPlans
{
    private TargetPlans(int targets) => All = new TargetPlan[targets];

    /// <summary>That of each target, in their order.</summary>
    public TargetPlan[] All { get; }

    /// <summary>The different sets of migrations, as people name them.</summary>
    public List<string> Routes { get; } = [];

    /// <summary>Whether it counts from where each target is, so that it could mean another thing in each.</summary>
    public static bool IsRelative(MigrationRequest request) =>
        request is DownRequest { To: null, All: false } or UpRequest { Steps: not null };

    /// <summary>Reads it.</summary>
    public static TargetPlans Read(
        CommandContext context,
        MigrationRequest request,
        Target[] targets
    )
    {
        var read = 0;
        using var progress = new LongWork(
            context.Terminal,
            "reading what has to be done in each schema",
            () => $"{read} of {targets.Length}",
            TimeProvider.System
        );
        var plans = new TargetPlans(targets.Length);
        for (; read < targets.Length; read++)
        {
            var target = targets[read];
            var plan = Read(context, request, target);
            plans.All[target.Index] = plan;
            if (plan.Migrations.Length > 0 && !plans.Routes.Contains(plan.Migrations))
            {
                plans.Routes.Add(plan.Migrations);
            }
        }

        return plans;
    }

    /// <summary>The names of those that would do these migrations; of those that would do none, or cannot, with an empty text.</summary>
    public List<string> NamesOf(string migrations, bool withProblem = false)
    {
        var names = new List<string>();
        foreach (var plan in All)
        {
            if (plan.Migrations == migrations && plan.Problem is not null == withProblem)
            {
                names.Add(plan.Name);
            }
        }

        return names;
    }

    /// <summary>
    /// Refuses what would do other migrations in one target than in another, or in one of which that is not known: run
    /// again after a failure, it would go one further where it was done.
    /// </summary>
    /// <exception cref="RefusedException">It would.</exception>
    public void RequireSame()
    {
        var different = new List<string>();
        foreach (var route in Routes)
        {
            different.Add($"{route} in {TargetSet.Names(NamesOf(route))}");
        }

        if (NamesOf("", withProblem: true) is { Count: > 0 } unknown)
        {
            different.Add($"an error in {TargetSet.Names(unknown)}");
        }

        if (different.Count > 1)
        {
            throw new RefusedException(
                $"This would not mean the same in each schema: {string.Join("; ", different)}.",
                "Name the version with --to; `status --target-schemas` shows where each schema is."
            );
        }
    }

    private static TargetPlan Read(CommandContext context, MigrationRequest request, Target target)
    {
        try
        {
            var database = context.DatabaseOf(target.Settings);
            var preview = new DryRun(database, context.LoadCatalog()).Preview(
                request,
                context.ReadingWaits(target.Settings, database)
            );
            return preview.Verdict is { } verdict
                ? Impossible(request, target, verdict)
                : new TargetPlan(
                    target,
                    preview.Plan.Request,
                    new Proposal(preview.Plan.Plan, preview.Plan.Losses, context.Terminal.Command)
                )
                {
                    Notes = preview.Warnings,
                };
        }
        catch (MigrateException problem)
        {
            return Impossible(request, target, problem);
        }
    }

    private static TargetPlan Impossible(
        MigrationRequest request,
        Target target,
        MigrateException problem
    ) => new(target, request, new Proposal(new Fingerprint([]), [], "")) { Problem = problem };
}
