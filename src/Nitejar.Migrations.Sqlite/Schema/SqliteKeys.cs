using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Sqlite.Schema.Declarations;

namespace Nitejar.Migrations.Sqlite.Schema;

/// <summary>The keys of a declared table as SQLite creates them.</summary>
internal sealed class SqliteKeys(TableDeclaration table, SqliteColumns columns)
{
    /// <summary>
    /// Returns the keys without duplicates, as SQLite keeps them: of two over the same columns one remains, the primary key
    /// if it is one of them, in the direction of the first and with the ON CONFLICT of either. An alias of the rowid has
    /// no index, so it replaces none.
    /// </summary>
    public List<KeyDeclaration> Distinct()
    {
        var declared = KeysInOrder();
        if (declared.Count < 2)
        {
            return declared;
        }

        var keys = new List<KeyDeclaration>(declared.Count);
        foreach (var key in declared)
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

    /// <summary>Returns the primary key. That of a WITHOUT ROWID table drops columns that it names twice.</summary>
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

    /// <summary>Returns a key as it is declared.</summary>
    public Key Key(KeyDeclaration key) =>
        new(key.Name, key.Parts.ConvertAll(columns.Part), key.OnConflict ?? default);

    /// <summary>
    /// Returns the keys in the order in which SQLite creates their indexes. An INTEGER PRIMARY KEY gets one only once
    /// SQLite reaches WITHOUT ROWID, and has lost its own collation by then.
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

    /// <summary>Compares columns in their order, and collations; ignores the direction.</summary>
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
