using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Schemas;

/// <summary>Describes parts of a schema in SQL's words.</summary>
public static class SchemaWords
{
    /// <summary>An action, as <c>SET NULL</c>.</summary>
    public static string Of(ReferentialAction action) =>
        action switch
        {
            ReferentialAction.NoAction => "NO ACTION",
            ReferentialAction.Restrict => "RESTRICT",
            ReferentialAction.Cascade => "CASCADE",
            ReferentialAction.SetNull => "SET NULL",
            ReferentialAction.SetDefault => "SET DEFAULT",
            _ => throw new ArgumentOutOfRangeException(nameof(action)),
        };

    /// <summary>A rule for conflicts; <see langword="null"/> for the usual one.</summary>
    public static string? Of(ConflictRule rule) =>
        rule switch
        {
            ConflictRule.Abort => null,
            ConflictRule.Fail => "FAIL",
            ConflictRule.Ignore => "IGNORE",
            ConflictRule.Replace => "REPLACE",
            ConflictRule.Rollback => "ROLLBACK",
            _ => throw new ArgumentOutOfRangeException(nameof(rule)),
        };

    /// <summary>When a key is checked; <see langword="null"/> for with each statement.</summary>
    public static string? Of(Deferral deferral) =>
        deferral switch
        {
            Deferral.NotDeferrable => null,
            Deferral.InitiallyImmediate => "INITIALLY IMMEDIATE",
            Deferral.InitiallyDeferred => "INITIALLY DEFERRED",
            _ => throw new ArgumentOutOfRangeException(nameof(deferral)),
        };

    /// <summary>The kind of a table.</summary>
    public static string Of(TableKind kind) =>
        kind switch
        {
            TableKind.Ordinary => "table",
            TableKind.Virtual => "virtual",
            TableKind.Shadow => "shadow",
            TableKind.Foreign => "foreign",
            TableKind.Partitioned => "partitioned",
            TableKind.Partition => "partition",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    /// <summary>A column without its name.</summary>
    public static string Of(Column column) =>
        string.Join(
            ' ',
            new[]
            {
                column.Type.Declared,
                column.IsNullable ? null : $"NOT NULL{OnConflict(column.OnNull)}",
                column.Default is { } value ? $"DEFAULT {value}" : null,
                column.Generated is { } generated ? Of(generated) : null,
                column.Collation is { } collation ? $"COLLATE {collation}" : null,
            }.Where(word => !string.IsNullOrEmpty(word))
        );

    /// <summary>Who numbers a column, and how.</summary>
    public static string Of(IdentityKind identity, SqlText? numbers) =>
        identity switch
        {
            IdentityKind.Implied => "identity",
            IdentityKind.ByDefault => "identity by default",
            IdentityKind.Always => "identity always",
            _ => throw new ArgumentOutOfRangeException(nameof(identity)),
        } + (numbers is null ? "" : $" ({numbers})");

    /// <summary>How a column is computed.</summary>
    public static string Of(GeneratedValue generated) =>
        $"AS ({generated.Expression}) {(generated.IsStored ? "STORED" : "VIRTUAL")}";

    /// <summary>Columns and expressions, each with its collation and order where they are not the usual ones.</summary>
    public static string Of(IEnumerable<IndexPart> parts) =>
        string.Join(
            ", ",
            parts.Select(part =>
                (part.Column ?? part.Expression?.Raw)
                + (part.Collation is { } collation ? $" collate {collation}" : "")
                + (part.IsDescending ? " desc" : "")
            )
        );

    /// <summary>What a foreign key refers to and does.</summary>
    public static string Of(ForeignKey key) =>
        $"{key.Table}({string.Join(", ", key.Referenced)})"
        + On("delete", key.OnDelete)
        + On("update", key.OnUpdate)
        + (Of(key.Deferral) is { } deferral ? $" deferrable {Lower(deferral)}" : "");

    /// <summary>An index without its name.</summary>
    public static string Of(Index index) =>
        $"({Of(index.Parts)}){(index.Where is { } where ? $" where {where}" : "")}";

    /// <summary>A primary key or UNIQUE without its name.</summary>
    public static string Of(Key key) => $"({Of(key.Parts)}){OnConflict(key.OnConflict)}";

    /// <summary><c> on conflict ...</c>, where it is not the usual one.</summary>
    public static string OnConflict(ConflictRule rule) =>
        Of(rule) is { } word ? $" on conflict {Lower(word)}" : "";

    private static string On(string what, ReferentialAction action) =>
        action == ReferentialAction.NoAction ? "" : $" on {what} {Lower(Of(action))}";

    private static string Lower(string words) => words.ToLowerInvariant();
}
