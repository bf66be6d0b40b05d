using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Running;

/// <summary>How an Up that was applied can be reverted.</summary>
/// <param name="Reversal">By what.</param>
/// <param name="Note">The SQL beside the code, or why it cannot be reverted; may be <see langword="null"/>.</param>
/// <param name="Sql">The SQL that reverts it; <see langword="null"/> where that is not all, or there is none.</param>
internal sealed record ReversalOfUp(Reversal Reversal, string? Note, string? Sql)
{
    /// <summary>What of the Down the database cannot do, as a sentence; usually empty.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}

/// <summary>Says when a migration is applied that it cannot be reverted: in an incident it is too late to learn that.</summary>
internal static class DownWarnings
{
    /// <summary>Returns the warning, or nothing where the Down can be executed or is meant not to be.</summary>
    public static IEnumerable<string> Of(
        KnownMigration known,
        MigrationScript up,
        ReversalOfUp down
    ) =>
        down.Reversal switch
        {
            Reversal.None when !known.IsForwardOnly =>
            [
                $"{known.Id} cannot be reverted: {down.Note?.TrimEnd('.')}. Write its Down before it is needed.",
            ],
            Reversal.Sql when down.Sql is null or "" && up.Operations.Count > 0 =>
            [
                $"{known.Id} has a Down that does nothing, so that reverting it would leave what its Up has done.",
            ],
            Reversal.None or Reversal.Sql or Reversal.Code => [],
            _ => throw new ArgumentOutOfRangeException(nameof(down)),
        };
}
