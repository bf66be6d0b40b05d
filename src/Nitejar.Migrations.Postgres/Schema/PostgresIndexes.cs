using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Schema.Catalog;

namespace Nitejar.Migrations.Postgres.Schema;

/// <summary>Turns what the catalogs say of an index into the model.</summary>
internal static class PostgresIndexes
{
    private const int Descending = 1;
    private const string Using = " USING ";

    /// <summary>Builds an index.</summary>
    /// <param name="index">The index.</param>
    /// <param name="columns">The names of its table's columns by their numbers.</param>
    public static Index Index(IndexRow index, IReadOnlyDictionary<int, string> columns)
    {
        IndexPart[] parts =
        [
            .. Enumerable.Range(0, index.KeyColumns).Select(part => Part(index, part, columns)),
        ];
        return new Index(index.Name, parts, index.IsUnique, index.Definition)
        {
            Where = index.Where is { } where ? PostgresSql.Of(where) : null,
            Special = SpecialOf(index, parts) is { } special ? PostgresSql.Of(special) : null,
            IsValid = index.IsValid,
        };
    }

    private static IndexPart Part(
        IndexRow index,
        int part,
        IReadOnlyDictionary<int, string> columns
    )
    {
        var column = index.Columns[part] == 0 ? null : columns[index.Columns[part]];
        return new IndexPart(
            column,
            column is null ? PostgresSql.Of(index.Expressions[part]) : null
        )
        {
            IsDescending = (index.Options[part] & Descending) != 0,
            Collation =
                index.Collations.Count > part && index.Collations[part].Length > 0
                    ? index.Collations[part]
                    : null,
        };
    }

    /// <summary>Returns the definition from the method on, where it says more than the parts do.</summary>
    private static string? SpecialOf(IndexRow index, IReadOnlyList<IndexPart> parts)
    {
        var start = index.Definition.IndexOf(Using, StringComparison.Ordinal) + Using.Length;
        var tail = index.Definition[start..];
        var plain = string.Join(
            ", ",
            parts.Select(part => PlainOf(part) + (part.IsDescending ? " DESC" : ""))
        );
        var isPlain =
            index.Columns.Count == index.KeyColumns
            && tail.StartsWith($"btree ({plain})", StringComparison.Ordinal)
            && (
                tail.Length == $"btree ({plain})".Length
                || index.Where is not null
                    && tail[$"btree ({plain})".Length..]
                        .StartsWith(" WHERE ", StringComparison.Ordinal)
            );
        return isPlain ? null : tail;
    }

    private static string PlainOf(IndexPart part) => part.Column ?? part.Expression!.Raw;
}
