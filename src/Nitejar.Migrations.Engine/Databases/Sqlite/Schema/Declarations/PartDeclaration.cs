namespace Nitejar.Migrations.Engine.Databases.Sqlite.Schema.Declarations;

/// <summary>A column or an expression of a key or an index as it is declared.</summary>
/// <param name="Sql">Without collation and order.</param>
/// <param name="Name">The name that it is; <see langword="null"/> where it is an expression.</param>
/// <param name="Collation">The collation that it names; <see langword="null"/> where it names none.</param>
/// <param name="IsDescending">Whether it says DESC.</param>
internal sealed record PartDeclaration(
    string Sql,
    string? Name,
    string? Collation,
    bool IsDescending
);
