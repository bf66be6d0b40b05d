using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;

namespace Nitejar.Migrations.Engine.Planning;

/// <summary>How a migration stands.</summary>
public enum MigrationState
{
    /// <summary>Applied, and known to this binary.</summary>
    Applied,

    /// <summary>Known and not applied.</summary>
    Pending,

    /// <summary>Applied, and not known to this binary.</summary>
    Unknown,

    /// <summary>Taken over: its objects were there already.</summary>
    Adopted,

    /// <summary>Known and not applied, and its tags or a constraint keep it from being chosen.</summary>
    NotChosen,

    /// <summary>Begun without a transaction and not ended, in either direction.</summary>
    Interrupted,
}

/// <summary>One line of a status report.</summary>
/// <param name="Id">Which migration.</param>
/// <param name="State">How it stands.</param>
/// <param name="AppliedOn">UTC by the database's clock; <see langword="null"/> when pending or not recorded.</param>
public sealed record MigrationStatus(MigrationId Id, MigrationState State, DateTime? AppliedOn);

/// <summary>How every migration stands that the binary or the database knows, lowest version first.</summary>
/// <param name="Migrations">The migrations.</param>
/// <param name="Interrupted">The one that was begun and not ended; <see langword="null"/> for none.</param>
public sealed record StatusReport(
    IReadOnlyList<MigrationStatus> Migrations,
    InterruptedMigration? Interrupted = null
)
{
    /// <summary>What other tools say of the database.</summary>
    public IReadOnlyList<OtherHistory> OtherHistories { get; init; } = [];

    /// <summary>Objects that are not as runs have left them, in words; empty where that is not known.</summary>
    public IReadOnlyList<string> Drifted { get; init; } = [];

    /// <summary>How many are pending, an interrupted one included.</summary>
    public int Pending =>
        Migrations.Count(m => m.State is MigrationState.Pending or MigrationState.Interrupted);

    /// <summary>How many are not applied because of their tags or constraints.</summary>
    public int NotChosen => Migrations.Count(m => m.State == MigrationState.NotChosen);

    /// <summary>How many are applied that this binary does not know.</summary>
    public int Unknown => Migrations.Count(m => m.State == MigrationState.Unknown);

    /// <summary>How many are applied that this binary knows, adopted ones included.</summary>
    public int Applied => Migrations.Count - Pending - NotChosen - Unknown;

    /// <summary>Whether a migration is pending below an applied one, so that an <c>up</c> has to be told to apply it.</summary>
    public bool IsOutOfOrder(MigrationStatus migration) =>
        migration.State == MigrationState.Pending && migration.Id.Version < LatestApplied;

    private long LatestApplied { get; } =
        Migrations.LastOrDefault(m => IsApplied(m.State))?.Id.Version ?? 0;

    /// <summary>Compares catalog and history.</summary>
    /// <param name="catalog">What the binary knows.</param>
    /// <param name="history">What the database says.</param>
    /// <param name="tags">What an <c>up</c> would be given; <see langword="null"/> as empty for none.</param>
    public static StatusReport Of(
        MigrationCatalog catalog,
        MigrationHistory history,
        IReadOnlyList<string>? tags = null
    )
    {
        var interrupted = history.Interrupted;
        var choice = new Choice(new UpRequest { Tags = tags ?? [] }, history);
        var applied = history.Applied.Select(a => new MigrationStatus(
            catalog.Find(a.Version)?.Id ?? history.IdOf(a),
            StateOf(a, catalog, history),
            a.AppliedOn
        ));
        var pending = catalog
            .All.Where(known => !history.IsApplied(known.Id.Version))
            .Select(known => new MigrationStatus(
                known.Id,
                known.Id.Version == interrupted?.Migration.Version ? MigrationState.Interrupted
                    : choice.Includes(known) ? MigrationState.Pending
                    : MigrationState.NotChosen,
                AppliedOn: null
            ));
        var unknown =
            interrupted is not null && catalog.Find(interrupted.Migration.Version) is null
                ? [new MigrationStatus(interrupted.Migration, MigrationState.Interrupted, null)]
                : Array.Empty<MigrationStatus>();
        return new StatusReport(
            [.. applied.Concat(pending).Concat(unknown).OrderBy(m => m.Id.Version)],
            interrupted
        );
    }

    private static MigrationState StateOf(
        AppliedMigration applied,
        MigrationCatalog catalog,
        MigrationHistory history
    ) =>
        history.JournalOf(applied.Version) is { Outcome: JournalOutcome.Adopted }
            ? MigrationState.Adopted
        : catalog.Find(applied.Version) is null ? MigrationState.Unknown
        : MigrationState.Applied;

    private static bool IsApplied(MigrationState state) =>
        state switch
        {
            MigrationState.Applied or MigrationState.Unknown or MigrationState.Adopted => true,
            MigrationState.Pending or MigrationState.NotChosen or MigrationState.Interrupted =>
                false,
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };
}
