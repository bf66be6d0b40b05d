namespace Nitejar.Migrations.Sqlite.Schema.Declarations;

/// <summary>A column or an expression of a key or an index as it is declared.</summary>
/// <param name="Sql">The text without COLLATE and order.</param>
/// <param name="Name">Its name without quotes; <see langword="null"/> if it is an expression.</param>
/// <param name="Collation">Its COLLATE; <see langword="null"/> without one.</param>
/// <param name="IsDescending">Whether it says DESC.</param>
internal sealed record PartDeclaration(
    string Sql,
    string? Name,
    string? Collation,
    bool IsDescending
);
