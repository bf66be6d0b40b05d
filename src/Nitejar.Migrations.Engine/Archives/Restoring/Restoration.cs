using Nitejar.Migrations.Engine.Archives.Restoring.Placing;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Engine.Archives.Restoring;

/// <summary>
/// Puts archives back together. Everything is restored first; then what refers to a row that is not there is taken out
/// again, until nothing changes, so that neither the order of tables nor references in a circle matter. While other
/// migrations have rows to restore, it stays for the time of the run. Where rows that the Up has inserted turn out to be
/// needed, it begins again and lets them stay.
/// </summary>
internal sealed class Restoration(
    ISession session,
    SeededTables tables,
    RowsInTransit transit,
    StepScope step
)
{
    private const string Indistinct =
        "the Down rebuilt the table, and its rows cannot be told apart by a key";

    private readonly NeededSeeds _needed = new(session);
    private RowRestoration[] _rows = [];
    private ColumnRestoration[] _columns = [];
    private readonly bool _areOthersToCome = transit.Waiting.AreOthersToCome(
        step.Migration.Version
    );
    private bool _haveStayed;

    /// <summary>Restores what fits, and settles the rest.</summary>
    /// <param name="archives">The archives, parents before children where that is known.</param>
    /// <returns>The outcome of each.</returns>
    public IReadOnlyList<RestoredRows> PutBack(IReadOnlyList<StoredArchive> archives)
    {
        var results = new List<RestoredRows>();
        var fitting = new List<StoredArchive>();
        foreach (var archive in archives)
        {
            ArchivedRows.TakeTypes(session, archive);
            if (WhyNot(archive) is { } reason)
            {
                results.Add(Leftovers.Leave(session, archive, reason));
            }
            else
            {
                fitting.Add(archive);
            }
        }

        var lacking = tables.FindLacking();
        var dangling = new DanglingReferences(session, transit.Waiting);
        session.Execute("SAVEPOINT \"restoration\"");
        while (TryPutBack(fitting, lacking, dangling) is { Count: > 0 } lost)
        {
            session.Execute("ROLLBACK TO \"restoration\"");
            tables.BeginAgain();
            foreach (var (rows, missing) in lost)
            {
                _needed.Add(rows, missing);
            }
        }

        session.Execute("RELEASE \"restoration\"");
        foreach (var rows in _rows.Where(rows => rows.Places.Seeds == SeedRule.Replaced))
        {
            transit.Kept.Keep(rows.Table.Name, rows.Places.Needed);
        }

        if (_areOthersToCome)
        {
            Array.ForEach(_rows, transit.Waiting.Mark);
        }

        results.AddRange(_rows.Select(restoration => restoration.Finish(_haveStayed)));
        results.AddRange(_columns.Select(column => column.Finish(_areOthersToCome)));
        return results;
    }

    /// <returns>The tables of which rows are missing that the Up has inserted, with what refers to them; with nothing where archived rows do not fit in their place.</returns>
    private List<(RowRestoration Rows, IReadOnlyList<MissingParents> Missing)> TryPutBack(
        List<StoredArchive> archives,
        IReadOnlyList<string> lacking,
        DanglingReferences dangling
    )
    {
        var kinds = archives.ToLookup(archive => archive.Scope == ArchiveScope.Column);
        _rows =
        [
            .. kinds[false]
                .Select(archive => tables.RestorationOf(archive, lacking, _needed, transit.Kept)),
        ];
        _columns = [.. kinds[true].Select(archive => ColumnOf(archive, lacking.Count > 0))];
        var replaced = _rows.Where(rows => rows.Places.Seeds == SeedRule.Replaced).ToArray();
        var seeded = replaced
            .Where(rows => rows.HasSeeds())
            .Select(rows => rows.Table.Name)
            .ToHashSet(session.Dialect.Names);
        foreach (var table in seeded)
        {
            dangling.Count(table);
        }

        Put();
        IReadOnlyList<MissingParents> nothing = [];
        var lost = new List<(RowRestoration, IReadOnlyList<MissingParents>)>();
        foreach (var rows in replaced)
        {
            IReadOnlyList<MissingParents> missing = seeded.Contains(rows.Table.Name)
                ? dangling.Missing(rows.Table.Name, _rows)
                : nothing;
            if (missing.Count > 0 || !rows.IsGood)
            {
                lost.Add((rows, rows.IsGood ? missing : nothing));
            }
        }

        lost.AddRange(_rows.Where(rows => rows.HasLooseSeeds()).Select(rows => (rows, nothing)));
        return lost;
    }

    private void Put()
    {
        foreach (var restoration in _rows)
        {
            restoration.Insert();
        }

        // What refers to rows waits until it is known which of them stay; what rows may refer to does not.
        foreach (var column in _columns.Where(column => !column.Refers))
        {
            column.Update();
        }

        _haveStayed = true;
        while (!_areOthersToCome && _rows.Sum(restoration => restoration.RemoveDangling()) > 0)
        {
            // What was removed may have been the parent of something else.
            _haveStayed = false;
        }

        foreach (var column in _columns.Where(column => column.Refers))
        {
            column.Update();
        }
    }

    private ColumnRestoration ColumnOf(StoredArchive archive, bool haveMoved)
    {
        var table = session.Tables.Find(archive.Entry.Table)!;
        return new ColumnRestoration(session, archive, table, haveMoved || IsThere(archive));
    }

    /// <summary>Whether the column stayed when its values went, so that others may have come.</summary>
    private bool IsThere(StoredArchive archive) =>
        tables.HadColumn(archive.Entry.Table, archive.Entry.Column!);

    /// <summary>Whether the keys of both can be compared: some kinds of database compare no number with a text.</summary>
    private bool AreComparable(StoredArchive archive, StoredTable table) =>
        table.PrimaryKey.Count == 0
        || !ArchivedRows.Have(session, ArchivedRows.ColumnsOf(session, archive), table.PrimaryKey)
        || session.Rows.TryExecute(
            $"SELECT 1 FROM {archive.Quoted} AS a, {table.Quoted} AS t WHERE {ArchivedRows.SameKey(session.Dialect, table.PrimaryKey)} LIMIT 0"
        );

    /// <summary>Why nothing of it can be restored; <see langword="null"/> when it can be tried.</summary>
    private string? WhyNot(StoredArchive archive)
    {
        var columns = ArchivedRows.ColumnsOf(session, archive);
        if (columns.Count == 0)
        {
            return $"{archive.Entry.ArchiveTable} is gone";
        }

        return session.Tables.Find(archive.Entry.Table) switch
        {
            null => $"there is no table {archive.Entry.Table} any more",
            { IsVirtual: true } => $"{archive.Entry.Table} is a virtual table now",
            _ when archive.Scope == ArchiveScope.Copy => Indistinct,
            var table when columns.FirstOrDefault(c => !table.HasColumns([c])) is { } missing =>
                $"{archive.Entry.Table} has no column {missing} any more",
            var table when !AreComparable(archive, table) =>
                $"the key of {archive.Entry.Table} has another type now",
            { HasKey: false, RowPlace: null }
                when archive.Scope != ArchiveScope.Table || tables.Had(archive.Entry.Table) =>
                Indistinct,
            _ => null,
        };
    }
}
