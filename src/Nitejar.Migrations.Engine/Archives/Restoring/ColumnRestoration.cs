using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives.Restoring;

/// <summary>Puts the archived values of one column back.</summary>
/// <param name="Session">The session of the run.</param>
/// <param name="Archive">The values with their keys.</param>
/// <param name="Table">The table as it is now.</param>
/// <param name="GivesWay">The Up has moved data, perhaps into this column: only what is its default is replaced.</param>
internal sealed record ColumnRestoration(
    ISession Session,
    StoredArchive Archive,
    StoredTable Table,
    bool GivesWay
)
{
    private const string DoesNotFit =
        "their rows or the rows that they refer to are gone, or a constraint or another value is in their way";

    private readonly long _archived = ArchivedRows.Count(Session, Archive);

    /// <summary>All columns of the archive but the last, which is the value; with a rowid only, none.</summary>
    private readonly string[] _key = [.. ArchivedRows.ColumnsOf(Session, Archive).SkipLast(1)];

    private string Column => Identifier.Quote(Archive.Entry.Column!);

    /// <summary>Whether the column refers to rows, so that those have to be back before.</summary>
    public bool Refers => References.Any();

    private IEnumerable<Reference> References =>
        Session
            .ReadReferences(Table.Name)
            .Where(reference => reference.IsFrom(Archive.Entry.Column!));

    private string SameRow
    {
        get
        {
            // VACUUM gives new rowids to rows without a key, so theirs is believed where all other values agree.
            string?[] conditions =
            [
                _key.Length > 0 ? ArchivedRows.SameKey(Session.Dialect, _key) : null,
                Table.RowId is { } rowId ? SameRowId(rowId) : null,
            ];
            return string.Join(" AND ", conditions.OfType<string>());
        }
    }

    /// <summary>Restores what fits. One value may have to wait until another one has left its place.</summary>
    public void Update()
    {
        long before;
        long changed = 0;
        do
        {
            before = changed;
            changed = ArchivedRows.ForThoseThatFit(
                Session,
                Archive,
                condition =>
                    $"""
                        UPDATE{Session.Dialect.OrIgnore} {Table.Quoted} AS t SET {Column} = a.{Column}
                        FROM {Archive.Quoted} AS a WHERE {condition} AND {SameRow}{GivingWay()}{KeepingReferences()}
                        """
            );
        } while (changed > before && changed < _archived);
    }

    /// <summary>Takes what is back out of the archive, and what was no value of a row that is gone.</summary>
    /// <param name="areOthersToCome">Whether the rest may be tried again, when other migrations have put their rows back.</param>
    public RestoredRows Finish(bool areOthersToCome)
    {
        var row = $"SELECT 1 FROM {Table.Quoted} AS t WHERE {SameRow}";
        Session.Execute(
            $"""
            DELETE FROM {Archive.Quoted} AS a
            WHERE EXISTS ({row} AND {ArchivedRows.SameValues(
                Session.Dialect,
                [Archive.Entry.Column!]
            )})
            """
        );
        var gone = Session.Change(
            $"DELETE FROM {Archive.Quoted} AS a WHERE a.{Column} IS NULL AND NOT EXISTS ({row})"
        );
        return areOthersToCome && Refers
            ? Leftovers.Wait(Session, Archive, _archived - gone, DoesNotFit)
            : Leftovers.Settle(Session, Archive, _archived - gone, DoesNotFit);
    }

    private string SameRowId(string rowId)
    {
        var same = ArchivedRows.SameKey(Session.Dialect, [rowId]);
        return _key.Length > 0 && Table.PrimaryKey.Count > 0
            ? $"(({ArchivedRows.IsComplete(_key)}) OR {same})"
            : same;
    }

    private string GivingWay()
    {
        if (!GivesWay)
        {
            return "";
        }

        // In its normal form, since a lone name is a text in a DEFAULT, and would be a column here.
        var made = Session.ReadColumn(Table.Name, Archive.Entry.Column!)?.Default?.Normal;
        made = made is not null && Session.Dialect.IsConstant(made) ? made : null;
        return $" AND (t.{Column} IS NULL{(made is null ? "" : $" OR t.{Column} IS NOT DISTINCT FROM ({made})")})";
    }

    private string KeepingReferences() =>
        string.Concat(
            References.Select(reference =>
                $" AND NOT ({reference.IsDangling("t", Column, $"a.{Column}")})"
            )
        );
}
