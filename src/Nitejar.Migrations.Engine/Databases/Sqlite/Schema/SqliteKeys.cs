using Nitejar.Migrations.Engine.Databases.Sqlite.Schema.Declarations;
using Nitejar.Migrations.Engine.Schemas.Constraints;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Schema;

/// <summary>The keys of a declared table as SQLite makes them.</summary>
internal sealed class SqliteKeys(TableDeclaration table, SqliteColumns columns)
{
    /// <summary>
    /// The keys as SQLite has them: of two over the same columns one is left, the primary key if it is one of them, in the
    /// direction of the first and with the ON CONFLICT of either. Another name of the rowid needs no index, and so makes
    /// none needless.
    /// </summary>
    public List<KeyDeclaration> Distinct()
    {
        var keys = new List<KeyDeclaration>();
        foreach (var key in KeysInOrder())
        {
            var same =
                key.IsPrimary && columns.RowIdAlias is not null
                    ? -1
                    : keys.FindIndex(k => IsSame(k, key));
            if (same < 0)
            {
                keys.Add(key);
                continue;
            }

            keys[same] = keys[same] with
            {
                Name = key.IsPrimary ? key.Name : keys[same].Name,
                IsPrimary = key.IsPrimary || keys[same].IsPrimary,
                OnConflict = keys[same].OnConflict ?? key.OnConflict,
            };
        }

        return keys;
    }

    /// <summary>A table without a rowid is sorted by it, and a column that it names twice sorts nothing.</summary>
    public Key PrimaryKey(KeyDeclaration declared)
    {
        var key = Key(declared);
        return table.IsWithoutRowId
            ? key with
            {
                Parts =
                [
                    .. key.Parts.DistinctBy(part =>
                        (part.Column, part.Collation?.ToUpperInvariant())
                    ),
                ],
            }
            : key;
    }

    /// <summary>A key as it is declared.</summary>
    public Key Key(KeyDeclaration key) =>
        new(key.Name, key.Parts.ConvertAll(columns.Part), key.OnConflict ?? default);

    /// <summary>
    /// The keys in the order in which SQLite makes their indexes. Only when it comes to WITHOUT ROWID does it see that a
    /// key of rowids needs one, and by then it has forgotten the key's collation.
    /// </summary>
    private List<KeyDeclaration> KeysInOrder()
    {
        if (!table.IsWithoutRowId || table.PrimaryKey is not { } key || !columns.IsOfRowIds(key))
        {
            return table.Keys;
        }

        var last = key with { Parts = [key.Parts[0] with { Collation = null }] };
        return [.. table.Keys.Where(other => !other.IsPrimary), last];
    }

    /// <summary>The order counts, the direction does not.</summary>
    private bool IsSame(KeyDeclaration one, KeyDeclaration other)
    {
        var same =
            one.Parts.Count == other.Parts.Count
            && !(one.IsPrimary && columns.RowIdAlias is not null);
        for (var i = 0; same && i < one.Parts.Count; i++)
        {
            same =
                ReferenceEquals(columns.Of(one.Parts[i]), columns.Of(other.Parts[i]))
                && SqliteNames.Comparer.Equals(
                    columns.CollationOf(one.Parts[i]) ?? "",
                    columns.CollationOf(other.Parts[i]) ?? ""
                );
        }

        return same;
    }
}
