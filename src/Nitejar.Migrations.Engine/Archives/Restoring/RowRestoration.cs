using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives.Restoring;

/// <summary>Which rows that an Up has inserted itself into a table whose rows come back give way to these.</summary>
internal enum SeedRule
{
    /// <summary>All of them are replaced by the archived rows, which are their later form.</summary>
    Replaced,

    /// <summary>Those give way whose key an archived row has; the others stay.</summary>
    ReplacedByKey,

    /// <summary>They stay like any other rows.</summary>
    Kept,
}

/// <summary>Puts the archived rows of one table back.</summary>
/// <param name="Session">The session of the run.</param>
/// <param name="Archive">The rows.</param>
/// <param name="Table">The table as it is now.</param>
/// <param name="Seeds">What becomes of the Up's own rows.</param>
internal sealed record RowRestoration(
    ISession Session,
    StoredArchive Archive,
    StoredTable Table,
    SeedRule Seeds
)
{
    private const string DoesNotFit =
        "their parents are gone, or a constraint or another row is in their way";

    private const string IsTaken = "the table has other rows with their keys";
    private readonly long _archived = ArchivedRows.Count(Session, Archive);
    private readonly IReadOnlyList<string> _columns = ArchivedRows.ColumnsOf(Session, Archive);
    private long _takenPlaces;
    private bool _isBack;

    /// <summary>The condition that row <c>t</c> was inserted by the Up; <see langword="null"/> where that is not known.</summary>
    public string? IsSeed { get; init; }

    /// <summary>Whether the Up has made the table, so that all of its rows are the Up's and every rowid is free.</summary>
    public bool IsNewTable { get; init; }

    /// <summary>Whether all rows that the Up has inserted stay: archived rows do not fit in their place, or it is not known which of them something refers to.</summary>
    public bool AreSeedsNeeded { get; init; }

    /// <summary>The numbers of those that stay because something refers to them.</summary>
    public IReadOnlyCollection<long> Needed { get; init; } = [];

    /// <summary>The counter of the table before the Up; <see langword="null"/> where it had none.</summary>
    public long? SequenceBefore { get; init; }

    /// <summary>Whether the archived rows can take the place of the Up's own: all of them fit or, in a table of which nobody else has rows, some do.</summary>
    public bool IsGood { get; private set; }

    /// <summary>The table's key, where the rows have it: a newer Up may have given the table another one.</summary>
    private IReadOnlyList<string> Key =>
        ArchivedRows.Have(Session, _columns, Table.PrimaryKey) ? Table.PrimaryKey : [];

    /// <summary>Whether the rows of the table that look like archived ones are others all the same: those of the Up are gone, or these were taken out of it alone.</summary>
    private bool AreAllOthers => Seeds == SeedRule.Replaced || WereParked;

    /// <summary>Whether they were taken out of the table to wait.</summary>
    public bool WereParked { get; init; }

    private bool IsWhole => IsNewTable && Seeds == SeedRule.Replaced && Needed.Count == 0;

    /// <summary>The condition that row <c>t</c> was inserted by the Up and stays; <see langword="null"/> for none.</summary>
    private string? Stays =>
        AreSeedsNeeded ? IsSeed
        : Needed.Count > 0 ? $"{IsSeed} AND {Table.IsNumbered(Needed)}"
        : null;

    /// <summary>A row number is a key where there is no other, but not beside rows that another Up has numbered again.</summary>
    private bool UsesRowId =>
        Table.RowId is not null && (IsWhole || (Key.Count == 0 && Seeds != SeedRule.ReplacedByKey));

    private bool HasPlaces => UsesRowId || Key.Count > 0;

    /// <summary>The condition that <c>t</c> is where <c>a</c> belongs. The rowid tells the rows of a whole table apart, since it is put back too.</summary>
    private string SamePlace =>
        (UsesRowId, Key.Count) switch
        {
            (true, _) => ArchivedRows.SameKey(Session.Dialect, [Table.RowId!]),
            (_, 0) => ArchivedRows.SameValues(Session.Dialect, _columns),
            _ => $"{ArchivedRows.SameKey(Session.Dialect, Key)} AND {ArchivedRows.IsComplete(Key)}",
        };

    /// <summary>The condition that <c>t</c> is <c>a</c>, once it was restored. A key with NULL in it is none.</summary>
    public string SameRow =>
        UsesRowId || Key.Count == 0
            ? SamePlace
            : $"{ArchivedRows.SameKey(Session.Dialect, Key)} AND (({ArchivedRows.IsComplete(Key)}) OR {ArchivedRows.SameValues(Session.Dialect, _columns)})";

    /// <summary>Whether the table holds rows that the Up has inserted.</summary>
    public bool HasSeeds() =>
        Session.Any($"SELECT 1 FROM {Table.Quoted} AS t WHERE {IsSeed} LIMIT 1");

    /// <summary>Whether a row of the Up has been given the values of an archived one, and refers to a row that is not there.</summary>
    public bool HasLooseSeeds() =>
        Seeds == SeedRule.ReplacedByKey
        && DanglingRows.Condition(Session, Table.Name) is { } dangling
        && Session.Any(
            $"SELECT 1 FROM {Table.Quoted} AS t WHERE ({IsSeed}) AND ({dangling}) LIMIT 1"
        );

    /// <summary>Restores every row that no constraint of the table itself forbids.</summary>
    public void Insert()
    {
        if (Seeds == SeedRule.Replaced)
        {
            var gives = Stays is null ? "" : $" AND NOT ({Stays})";
            Session.Execute($"DELETE FROM {Table.Quoted} AS t WHERE {IsSeed}{gives}");
        }
        else if (Seeds == SeedRule.ReplacedByKey)
        {
            ReplaceSeeds();
        }

        if (!IsWhole)
        {
            SetAsideWhatIsThere();
        }

        var left = ArchivedRows.Count(Session, Archive);
        var others = left - CountAgainSeeds();
        var inserted = left == 0 ? 0 : InsertWhatFits();
        _isBack = inserted == left && _takenPlaces == 0;
        IsGood = (inserted == others && _takenPlaces == 0) || (IsNewTable && inserted > 0);
    }

    /// <summary>Takes rows out again whose parent is not there.</summary>
    /// <returns>How many.</returns>
    public long RemoveDangling()
    {
        var ours = IsWhole
            ? ""
            : $" AND EXISTS (SELECT 1 FROM {Archive.Quoted} AS a WHERE {SameRow})";
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
            $"DELETE FROM {Archive.Quoted} AS a WHERE EXISTS (SELECT 1 FROM {Table.Quoted} AS t WHERE {SameRow})"
        );
        var settled = Leftovers.Settle(Session, Archive, _archived, DoesNotFit);
        return settled with
        {
            Rows = settled.Rows - _takenPlaces,
            Left = settled.Left + _takenPlaces,
            Reason = settled.Reason ?? (_takenPlaces > 0 ? IsTaken : null),
        };
    }

    /// <summary>Where the Up's own rows are gone, so are their numbers; else none of them is given twice.</summary>
    private void SetCounter()
    {
        long?[] used = [Archive.Sequence, SequenceBefore];
        if (Seeds == SeedRule.Replaced)
        {
            Session.Rows.SetCounter(Table.Name, used.Max());
        }
        else
        {
            Session.RaiseCounter(Table.Name, used.Max() ?? 0);
        }
    }

    private long InsertWhatFits()
    {
        var columns = StoredTable.List(_columns);
        var values = string.Join(", ", Values());
        var (names, copied) = UsesRowId
            ? ($"{Table.RowId}, {columns}", $"{Table.RowId}, {values}")
            : (columns, values);
        var others = Stays is null ? "" : $" AND NOT {IsAgainSeed()}";
        return ArchivedRows.ForThoseThatFit(
            Session,
            Archive,
            condition =>
                $"INSERT{Session.Dialect.OrIgnore} INTO {Table.Quoted} ({names}){Session.Dialect.WithOwnNumbers} SELECT {copied} FROM {Archive.Quoted} AS a WHERE {condition}{others}"
        );
    }

    /// <summary>
    /// The archived values. Rows that the Down took after it had dropped a column have none there: a column that must have
    /// one gets its default, until the values of the column come back.
    /// </summary>
    private IEnumerable<string> Values()
    {
        var defaults = RequiredDefaults();
        return _columns.Select(column =>
            defaults.TryGetValue(column, out var value)
                ? $"coalesce(a.{Identifier.Quote(column)}, ({value}))"
                : $"a.{Identifier.Quote(column)}"
        );
    }

    /// <summary>The SQL of the defaults of columns that must not be NULL.</summary>
    private Dictionary<string, string> RequiredDefaults()
    {
        var defaults = new Dictionary<string, string>(Session.Dialect.Names);
        foreach (var column in Session.Tables.Read(Table.Name)?.Columns ?? [])
        {
            if (column is { IsNullable: false, Default: { } value })
            {
                defaults[column.Name] = value.Normal;
            }
        }

        return defaults;
    }

    /// <summary>How many archived rows do not come back because the Up has inserted the same ones.</summary>
    private long CountAgainSeeds() =>
        Stays is null
            ? 0
            : Session.Number($"SELECT count(*) FROM {Archive.Quoted} AS a WHERE {IsAgainSeed()}");

    /// <summary>The condition that the Up has inserted the same row under another key, and that one stays.</summary>
    private string IsAgainSeed()
    {
        var values = _columns.Except(Key, Session.Dialect.Names).ToArray();
        return Stays is null || values.Length == 0
            ? "1 = 0"
            : $"EXISTS (SELECT 1 FROM {Table.Quoted} AS t WHERE {Stays} AND {ArchivedRows.SameValues(Session.Dialect, values)})";
    }

    /// <summary>Gives the Up's own rows the values of the archived rows with their keys, where they can take them.</summary>
    private void ReplaceSeeds()
    {
        var values = _columns.Except(Key, Session.Dialect.Names).ToArray();
        if (!HasPlaces || values.Length == 0)
        {
            return;
        }

        var assigned = values.Select(Identifier.Quote).Select(value => $"{value} = a.{value}");
        _ = ArchivedRows.ForThoseThatFit(
            Session,
            Archive,
            condition =>
                $"""
                    UPDATE{Session.Dialect.OrIgnore} {Table.Quoted} AS t SET {string.Join(
                        ", ",
                        assigned
                    )}
                    FROM {Archive.Quoted} AS a WHERE {condition} AND {SamePlace} AND {IsSeed}
                    """
        );
    }

    /// <summary>Rows whose key other rows have by now go into a left-over archive of their own. The same rows are back already.</summary>
    private void SetAsideWhatIsThere()
    {
        if (!HasPlaces)
        {
            RemoveSameRows();
            return;
        }

        var there = $"EXISTS (SELECT 1 FROM {Table.Quoted} AS t WHERE {SamePlace})";
        Session.Execute(
            $"DELETE FROM {Archive.Quoted} AS a WHERE EXISTS (SELECT 1 FROM {Table.Quoted} AS t WHERE {SamePlace} AND {ArchivedRows.SameValues(Session.Dialect, _columns)})"
        );
        _takenPlaces = Session.Number($"SELECT count(*) FROM {Archive.Quoted} AS a WHERE {there}");
        if (_takenPlaces == 0)
        {
            return;
        }

        var aside = VersionArchiveTable.Add(
            Session,
            Archive with
            {
                Scope = ArchiveScope.Rows,
                Sequence = null,
                Entry = Archive.Entry with
                {
                    Rows = _takenPlaces,
                    State = ArchiveState.LeftOver,
                    Reason = IsTaken,
                },
            }
        );
        Session.Execute(
            $"CREATE TABLE {aside.Quoted} AS SELECT * FROM {Archive.Quoted} AS a WHERE {there}"
        );
        Session.Execute($"DELETE FROM {Archive.Quoted} AS a WHERE {there}");
    }

    /// <summary>Rows without a key are the same ones as far as the table has as many that look like them.</summary>
    private void RemoveSameRows()
    {
        var store = ArchivedRows.TableOf(Session, Archive);
        if ((store?.RowId ?? store?.RowPlace) is not { } row || AreAllOthers)
        {
            return;
        }

        var columns = StoredTable.List(_columns);
        var values = string.Join(
            ", ",
            _columns.Select(column => Session.Dialect.Exactly(Identifier.Quote(column)))
        );
        Session.Execute(
            $"""
            DELETE FROM {Archive.Quoted} WHERE {row} IN (
                SELECT a.place FROM (
                    SELECT {row} AS place, {columns},
                        row_number() OVER (PARTITION BY {values}) AS nth FROM {Archive.Quoted}
                ) AS a
                JOIN (SELECT {columns}, row_number() OVER (PARTITION BY {values}) AS nth FROM {Table.Quoted}) AS t
                ON a.nth = t.nth AND {ArchivedRows.SameValues(Session.Dialect, _columns)})
            """
        );
    }
}
