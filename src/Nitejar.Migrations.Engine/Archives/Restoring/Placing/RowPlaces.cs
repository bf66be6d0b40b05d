using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Engine.Archives.Restoring.Placing;

/// <summary>Which place in a table the archived rows have that come back to it, as conditions of SQL.</summary>
/// <param name="Session">The session of the run.</param>
/// <param name="Archive">The rows.</param>
/// <param name="Table">The table as it is now.</param>
/// <param name="Seeds">What becomes of the Up's own rows.</param>
internal sealed record RowPlaces(
    ISession Session,
    StoredArchive Archive,
    StoredTable Table,
    SeedRule Seeds
)
{
    /// <summary>The columns of the archived rows.</summary>
    public IReadOnlyList<string> Columns { get; } = ArchivedRows.ColumnsOf(Session, Archive);

    /// <summary>The condition that row <c>t</c> was inserted by the Up; <see langword="null"/> where that is not known.</summary>
    public string? IsSeed { get; init; }

    /// <summary>Whether the Up has made the table, so that all of its rows are the Up's and every rowid is free.</summary>
    public bool IsNewTable { get; init; }

    /// <summary>Whether all rows that the Up has inserted stay: archived rows do not fit in their place, or it is not known which of them something refers to.</summary>
    public bool AreSeedsNeeded { get; init; }

    /// <summary>The numbers of those that stay because something refers to them.</summary>
    public IReadOnlyCollection<long> Needed { get; init; } = [];

    /// <summary>Whether they were taken out of the table to wait.</summary>
    public bool WereParked { get; init; }

    /// <summary>Whether the archived rows are to be all rows of the table.</summary>
    public bool IsWhole => IsNewTable && Seeds == SeedRule.Replaced && Needed.Count == 0;

    /// <summary>Whether the rows of the table that look like archived ones are others all the same: those of the Up are gone, or these were taken out of it alone.</summary>
    public bool AreAllOthers => Seeds == SeedRule.Replaced || WereParked;

    /// <summary>The condition that row <c>t</c> was inserted by the Up and stays; <see langword="null"/> for none.</summary>
    public string? Stays =>
        AreSeedsNeeded ? IsSeed
        : Needed.Count > 0 ? $"{IsSeed} AND {Table.IsNumbered(Needed)}"
        : null;

    /// <summary>A row number is a key where there is no other, but not beside rows that another Up has numbered again.</summary>
    public bool UsesRowId =>
        Table.RowId is not null && (IsWhole || (Key.Count == 0 && Seeds != SeedRule.ReplacedByKey));

    /// <summary>Whether a row has a place of its own in the table, whatever its values.</summary>
    public bool HasPlaces => UsesRowId || Key.Count > 0;

    /// <summary>The condition that <c>t</c> is where <c>a</c> belongs. The rowid tells the rows of a whole table apart, since it is put back too.</summary>
    public string SamePlace =>
        (UsesRowId, Key.Count) switch
        {
            (true, _) => ArchivedRows.SameKey(Session.Dialect, [Table.RowId!]),
            (_, 0) => ArchivedRows.SameValues(Session.Dialect, Columns),
            _ => $"{ArchivedRows.SameKey(Session.Dialect, Key)} AND {ArchivedRows.IsComplete(Key)}",
        };

    /// <summary>The condition that <c>t</c> is <c>a</c>, once it was restored. A key with NULL in it is none.</summary>
    public string SameRow =>
        UsesRowId || Key.Count == 0
            ? SamePlace
            : $"{ArchivedRows.SameKey(Session.Dialect, Key)} AND (({ArchivedRows.IsComplete(Key)}) OR {ArchivedRows.SameValues(Session.Dialect, Columns)})";

    /// <summary>The condition that the Up has inserted the same row under another key, and that one stays.</summary>
    public string IsAgainSeed()
    {
        var values = ValueColumns();
        return Stays is null || values.Length == 0
            ? "1 = 0"
            : $"EXISTS (SELECT 1 FROM {Table.Quoted} AS t WHERE {Stays} AND {ArchivedRows.SameValues(Session.Dialect, values)})";
    }

    /// <summary>The columns that are none of the key.</summary>
    public string[] ValueColumns() => [.. Columns.Except(Key, Session.Dialect.Names)];

    /// <summary>The table's key, where the rows have it: a newer Up may have given the table another one.</summary>
    private IReadOnlyList<string> Key =>
        ArchivedRows.Have(Session, Columns, Table.PrimaryKey) ? Table.PrimaryKey : [];
}
