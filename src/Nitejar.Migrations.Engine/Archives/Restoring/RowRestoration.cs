using Nitejar.Migrations.Engine.Archives.Restoring.Placing;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Engine.Archives.Restoring;

/// <summary>Puts the archived rows of one table back.</summary>
/// <param name="places">The rows, and where they belong.</param>
internal sealed class RowRestoration(RowPlaces places)
{
    private const string DoesNotFit =
        "their parents are gone, or a constraint or another row is in their way";

    private readonly ReplacedSeeds _seeds = new(places);
    private readonly long _archived = ArchivedRows.Count(places.Session, places.Archive);
    private long _takenPlaces;
    private bool _isBack;

    /// <summary>The counter of the table before the Up; <see langword="null"/> where it had none.</summary>
    public long? SequenceBefore { get; init; }

    /// <summary>The rows.</summary>
    public StoredArchive Archive => places.Archive;

    /// <summary>The table as it is now.</summary>
    public StoredTable Table => places.Table;

    /// <summary>Where the rows belong.</summary>
    public RowPlaces Places => places;

    /// <summary>Whether the archived rows can take the place of the Up's own: all of them fit or, in a table of which nobody else has rows, some do.</summary>
    public bool IsGood { get; private set; }

    private ISession Session => places.Session;

    /// <inheritdoc cref="ReplacedSeeds.Any"/>
    public bool HasSeeds() => _seeds.Any();

    /// <inheritdoc cref="ReplacedSeeds.AreLoose"/>
    public bool HasLooseSeeds() => _seeds.AreLoose();

    /// <summary>Restores every row that no constraint of the table itself forbids.</summary>
    public void Insert()
    {
        _seeds.GiveWay();
        var left = _archived;
        if (!places.IsWhole)
        {
            _takenPlaces = TakenPlaces.SetAside(places);
            left = ArchivedRows.Count(Session, Archive);
        }

        var others = left - _seeds.CountAgain();
        var inserted = left == 0 ? 0 : new RowInsertion(places).InsertWhatFits();
        _isBack = inserted == left && _takenPlaces == 0;
        IsGood = (inserted == others && _takenPlaces == 0) || (places.IsNewTable && inserted > 0);
    }

    /// <summary>Takes rows out again whose parent is not there.</summary>
    /// <returns>How many.</returns>
    public long RemoveDangling()
    {
        var ours = places.IsWhole
            ? ""
            : $" AND EXISTS (SELECT 1 FROM {Archive.Quoted} AS a WHERE {places.SameRow})";
        return Session
            .ReadReferences(Table.Name)
            .Sum(reference =>
                Session.Change(
                    $"DELETE FROM {Table.Quoted} AS t WHERE {reference.IsDangling(row: "t")}{ours}"
                )
            );
    }

    /// <summary>Takes what is back out of the archive.</summary>
    /// <param name="haveStayed">Whether no row of any table was taken out again.</param>
    public RestoredRows Finish(bool haveStayed)
    {
        SetCounter();
        if (_isBack && haveStayed)
        {
            VersionArchiveTable.Remove(Session, Archive);
            return new RestoredRows(Table.Name, Column: null, _archived, Left: 0, Reason: null);
        }

        Session.Execute(
            $"DELETE FROM {Archive.Quoted} AS a WHERE EXISTS (SELECT 1 FROM {Table.Quoted} AS t WHERE {places.SameRow})"
        );
        var settled = Leftovers.Settle(Session, Archive, _archived, DoesNotFit);
        return settled with
        {
            Rows = settled.Rows - _takenPlaces,
            Left = settled.Left + _takenPlaces,
            Reason = settled.Reason ?? (_takenPlaces > 0 ? TakenPlaces.Reason : null),
        };
    }

    /// <summary>Where the Up's own rows are gone, so are their numbers; else none of them is given twice.</summary>
    private void SetCounter()
    {
        long?[] used = [Archive.Sequence, SequenceBefore];
        if (places.Seeds == SeedRule.Replaced)
        {
            Session.Rows.SetCounter(Table.Name, used.Max());
        }
        else
        {
            Session.RaiseCounter(Table.Name, used.Max() ?? 0);
        }
    }
}
