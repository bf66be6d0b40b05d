using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Trust.Verifying.Comparing;

/// <summary>What of a table's rows has to be the same.</summary>
/// <param name="Check">The check that this is.</param>
/// <param name="Names">Which names are the same.</param>
internal sealed record RowRules(VerifyCheck Check, IEqualityComparer<string> Names)
{
    /// <summary>Whether rows may have been added.</summary>
    public bool AllowsInserts { get; init; }

    /// <summary>Whether rows may have been deleted.</summary>
    public bool AllowsDeletions { get; init; }

    /// <summary>Whether a column may have other values.</summary>
    public Func<string, bool> AllowsChanges { get; init; } = static _ => false;

    /// <summary>Whether values of a column that has become another type, or refuses NULL since, may be others too.</summary>
    public bool AllowsConversions { get; init; }

    /// <summary>Whether these are the same column, and its values have to be the same.</summary>
    public bool IsCompared(Column before, Column after) =>
        Names.Equals(before.Name, after.Name)
        && before.Generated is null
        && after.Generated is null
        && !AllowsChanges(before.Name)
        && !(
            AllowsConversions
            && (!before.Type.IsLike(after.Type) || (before.IsNullable && !after.IsNullable))
        );
}
