using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases.Sql;

/// <summary>What copying rows out of a table and back into it depends on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Quoted">The table, ready to be put into SQL; never a temporary one of the same name.</param>
/// <param name="Columns">Stored columns; generated ones are left out.</param>
/// <param name="PrimaryKey">Its columns in their order; empty without one.</param>
internal sealed record StoredTable(
    string Name,
    string Quoted,
    IReadOnlyList<string> Columns,
    IReadOnlyList<string> PrimaryKey
)
{
    /// <summary>A name, beside those of all columns, for a number by which the database itself tells rows apart; <see langword="null"/> where there is none.</summary>
    public string? RowId { get; init; }

    /// <summary>A column, or <see cref="RowId"/>, whose whole number tells rows apart; <see langword="null"/> where there is none.</summary>
    public string? Number { get; init; }

    /// <summary>A name for the place of a row, which tells rows apart within a transaction and cannot be written, of a table that has nothing else for that; <see langword="null"/> where there is none.</summary>
    public string? RowPlace { get; init; }

    /// <summary>What holds the rows: with another one, rows have other places; <see langword="null"/> where they have none.</summary>
    public string? Storage { get; init; }

    /// <summary>Whether its rows live where a module keeps them.</summary>
    public bool IsVirtual { get; init; }

    /// <summary>Tells which names are the same.</summary>
    public required IEqualityComparer<string> Names { get; init; }

    /// <summary>Whether rows can be told apart.</summary>
    public bool HasKey => PrimaryKey.Count > 0 || RowId is not null;

    /// <summary>The condition that row <c>t</c> has one of these numbers.</summary>
    public string IsNumbered(IEnumerable<long> rows) =>
        $"t.{Identifier.Quote(Number!)} IN ({string.Join(", ", rows)})";

    /// <summary>Whether it has these columns.</summary>
    public bool HasColumns(IEnumerable<string> columns) =>
        columns.All(column => Columns.Contains(column, Names));

    /// <summary>The columns as a list for SQL, each behind the prefix.</summary>
    public static string List(IEnumerable<string> columns, string prefix = "") =>
        string.Join(", ", columns.Select(column => prefix + Identifier.Quote(column)));
}
