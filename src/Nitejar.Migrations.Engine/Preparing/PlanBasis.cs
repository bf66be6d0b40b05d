using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Reading;

namespace Nitejar.Migrations.Engine.Preparing;

/// <summary>What a prepared plan was made for; with another basis it is another plan.</summary>
/// <param name="Provider">The kind of database.</param>
/// <param name="Applied">The versions that were applied, in their order.</param>
/// <param name="SchemaDigest">SHA-256, lower-case hexadecimal, of the tables that the plan names, with their indexes, triggers and views; empty where there are none.</param>
public sealed record PlanBasis(
    DatabaseProvider Provider,
    IReadOnlyList<long> Applied,
    string SchemaDigest
)
{
    /// <summary>The tags that were chosen, where a pending migration has tags, so that they decide; else empty.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The basis that a plan has in this database.</summary>
    internal static PlanBasis Of(
        PreparedPlan prepared,
        DatabaseProvider provider,
        (MigrationHistory History, DatabaseReader? Reader) database
    ) =>
        new(
            provider,
            [.. database.History.Applied.Select(applied => applied.Version)],
            database.Reader?.DigestSchema([.. prepared.Steps.Select(step => step.Script.Sql)]) ?? ""
        )
        {
            Tags = prepared.Plan.Tags,
        };

    /// <summary>What differs from this basis now, as the end of a sentence; <see langword="null"/> where nothing does.</summary>
    internal string? DifferenceTo(PlanBasis now)
    {
        if (Provider != now.Provider)
        {
            return $"the plan is for {Provider}, and this is {now.Provider}";
        }

        if (!Applied.SequenceEqual(now.Applied))
        {
            return $"the history has changed: {Words(Applied)} applied then, {Words(now.Applied)} now";
        }

        if (!Tags.SequenceEqual(now.Tags))
        {
            return $"it was made {WordsOfTags(Tags)}, and this run is {WordsOfTags(now.Tags)}";
        }

        return SchemaDigest == now.SchemaDigest
            ? null
            : "tables that the plan names have changed since";
    }

    private static string WordsOfTags(IReadOnlyList<string> tags) =>
        tags.Count switch
        {
            0 => "without tags",
            1 => $"with the tag {tags[0]}",
            _ => $"with the tags {string.Join(", ", tags)}",
        };

    private static string Words(IReadOnlyList<long> versions) =>
        versions.Count == 0
            ? "nothing"
            : $"{Count.Of(versions.Count, "migration")} up to {versions[^1]}";
}
