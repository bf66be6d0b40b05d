using Nitejar.Migrations.Engine.Planning;

namespace Nitejar.Migrations.Engine.Preparing;

/// <summary>What was executed: the steps of a plan, in order, each with its digest.</summary>
/// <param name="Steps">May be empty: nothing was.</param>
public sealed record Fingerprint(IReadOnlyList<StepDigest> Steps)
{
    /// <summary>SHA-256, lower-case hexadecimal, over a line <c>version direction digest</c> for each step.</summary>
    public string Value =>
        Sha256.HexOf(
            string.Concat(
                Steps.Select(step =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{step.Id.Version} {(step.Direction == Direction.Up ? "up" : "down")} {step.Digest}\n"
                    )
                )
            )
        );

    /// <summary>The steps of a plan as far as they are known before it is executed.</summary>
    internal static Fingerprint Of(PreparedPlan prepared) =>
        new([.. prepared.Steps.Select(StepDigest.Of)]);

    /// <summary>The steps that came to their end, which are those with a digest.</summary>
    internal static Fingerprint Of(IEnumerable<StepDigest?> steps) =>
        new([.. steps.OfType<StepDigest>()]);

    /// <summary>Whether who was shown this has seen the other one.</summary>
    internal bool Covers(Fingerprint executed) =>
        HasStepsOf(executed) && !DifferencesTo(executed).Any();

    /// <summary>Whether the same migrations go the same ways, whatever they execute.</summary>
    internal bool HasStepsOf(Fingerprint other) =>
        Steps.Select(Route).SequenceEqual(other.Steps.Select(Route));

    /// <summary>Whether a plan that is not executed yet has the same migrations going the same ways.</summary>
    internal bool HasStepsOf(MigrationPlan plan) =>
        Steps.Select(Route).SequenceEqual(plan.Steps.Select(step => (step.Id, step.Direction)));

    /// <summary>Which of the same steps do not execute the same.</summary>
    internal IEnumerable<MigrationId> DifferencesTo(Fingerprint other) =>
        Steps
            .Zip(other.Steps)
            .Where(pair => !pair.First.Covers(pair.Second))
            .Select(pair => pair.First.Id);

    /// <summary>As people say it: <c>revert 2_Two, 1_One and apply 1_One, 2_Two</c>.</summary>
    internal string ToWords() =>
        Steps.Count == 0
            ? "do nothing"
            : string.Join(
                " and ",
                Steps
                    .GroupBy(
                        step => step.Direction == Direction.Up ? "apply" : "revert",
                        step => step.Id
                    )
                    .Select(way => $"{way.Key} {string.Join(", ", way)}")
            );

    private static (MigrationId, Direction) Route(StepDigest step) => (step.Id, step.Direction);
}
