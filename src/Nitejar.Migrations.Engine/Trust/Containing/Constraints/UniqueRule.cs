using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Trust.Containing.Constraints;

/// <summary>What refuses duplicates: a key, a constraint or an index, whatever it is called.</summary>
/// <param name="Name">Its name; <see langword="null"/> without one.</param>
/// <param name="Parts">Of what.</param>
/// <param name="Where">Of which rows; <see langword="null"/> for all.</param>
internal sealed record UniqueRule(string? Name, IReadOnlyList<IndexPart> Parts, SqlText? Where)
{
    /// <summary>Whether it refuses every duplicate at once, and changes or drops no row.</summary>
    public bool IsPlain { get; private init; } = true;

    /// <summary>The names of its columns.</summary>
    public IEnumerable<string> Columns => Parts.Select(part => part.Column).OfType<string>();

    /// <summary>The expressions in it.</summary>
    public IEnumerable<SqlText> Expressions =>
        Parts.Select(part => part.Expression).Append(Where).OfType<SqlText>();

    /// <summary>Those of a table, without the primary key.</summary>
    public static IEnumerable<UniqueRule> Of(Table table) =>
        table
            .Uniques.Select(Of)
            .Concat(
                table
                    .Indexes.Where(index => index.IsUnique)
                    .Select(index => new UniqueRule(index.Name, index.Parts, index.Where)
                    {
                        IsPlain = index.IsValid,
                    })
            );

    /// <summary>A key as such a rule.</summary>
    public static UniqueRule Of(Key key) =>
        new(key.Name, key.Parts, Where: null)
        {
            IsPlain =
                key.OnConflict == ConflictRule.Abort && key.Deferral == Deferral.NotDeferrable,
        };

    /// <summary>Whether the other one refuses the same rows.</summary>
    public bool IsSame(UniqueRule other, PointList points) =>
        IsPlain == other.IsPlain
        && Where?.Normal == other.Where?.Normal
        && points.AreSame(Parts, other.Parts);

    /// <summary>The rule in SQL's words, without its name.</summary>
    public override string ToString() =>
        $"UNIQUE ({SchemaWords.Of(Parts)})"
        + (Where is { } where ? $" where {where}" : "")
        + (IsPlain ? "" : ", which does not refuse every duplicate");
}
