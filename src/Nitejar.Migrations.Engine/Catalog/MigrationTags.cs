using FluentMigrator;

namespace Nitejar.Migrations.Engine.Catalog;

/// <summary>The tags of a migration. They choose among what is pending, as FluentMigrator's runner does.</summary>
public sealed class MigrationTags
{
    private readonly string[] _requiringAll;
    private readonly string[] _requiringAny;

    private MigrationTags(string[] requiringAll, string[] requiringAny)
    {
        _requiringAll = requiringAll;
        _requiringAny = requiringAny;
    }

    /// <summary>Those of a migration without the attribute, which every run chooses.</summary>
    public static MigrationTags None { get; } = new([], []);

    /// <summary>What the attributes of a class declare together.</summary>
    /// <param name="declared">May be empty.</param>
    public static MigrationTags Of(IReadOnlyCollection<TagsAttribute> declared) =>
        declared.Count == 0
            ? None
            : new MigrationTags(
                NamesOf(declared, TagBehavior.RequireAll),
                NamesOf(declared, TagBehavior.RequireAny)
            );

    /// <summary>Whether these are <see cref="None"/>. An attribute without names is not: no run chooses its class.</summary>
    public bool IsNone => this == None;

    /// <summary>Whether one of them has this name, in the same case.</summary>
    public bool Contains(string name) =>
        _requiringAll.Contains(name) || _requiringAny.Contains(name);

    /// <summary>
    /// Whether a run with these tags chooses the migration: where it has tags, each tag of the run has to be among those
    /// that it declares with <see cref="TagBehavior.RequireAll"/>, or one of them among those with
    /// <see cref="TagBehavior.RequireAny"/>.
    /// </summary>
    /// <param name="chosen">The tags of the run; empty chooses migrations without tags only.</param>
    public bool AreChosenBy(IReadOnlyList<string> chosen) =>
        IsNone
        || (
            chosen.Count > 0
            && (
                (_requiringAll.Length > 0 && chosen.All(tag => _requiringAll.Contains(tag)))
                || chosen.Any(tag => _requiringAny.Contains(tag))
            )
        );

    private static string[] NamesOf(
        IReadOnlyCollection<TagsAttribute> declared,
        TagBehavior behavior
    ) => [.. declared.Where(tags => tags.Behavior == behavior).SelectMany(tags => tags.TagNames)];
}
