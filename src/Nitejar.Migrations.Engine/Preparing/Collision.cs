using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Preparing.Obstructions;
using Nitejar.Migrations.Engine.Trust.Adopting;

namespace Nitejar.Migrations.Engine.Preparing;

/// <summary>The failure of a plan that makes what the database has.</summary>
internal static class Collision
{
    /// <summary>Names the first step that makes such things, and all of them; <see langword="null"/> where none does.</summary>
    /// <param name="obstacles">What is in the way.</param>
    /// <param name="steps">The steps that were looked at.</param>
    /// <param name="histories">What other tools say of the database.</param>
    /// <param name="detail">The statement that failed; <see langword="null"/> where none was executed.</param>
    public static RefusedException? Of(
        IReadOnlyList<Obstacle> obstacles,
        IReadOnlyList<PreparedStep> steps,
        IReadOnlyList<OtherHistory> histories,
        string? detail = null
    )
    {
        var existing = obstacles.Where(o => o.Kind == ObstacleKind.Exists).ToArray();
        return existing.Length == 0
            ? null
            : new RefusedException(
                $"{steps[existing[0].Step].Step.Id} makes something that the database has already. {Count.Of(existing.Length, "object")} {(existing.Length == 1 ? "is" : "are")} in the way: {string.Join(", ", existing.Select(o => o.Name))}.{OtherHistories.ToSentence(histories)}",
                "See with `adopt --dry-run` whether they are what the migrations make; then `adopt` records that, and `up --adopt` continues from there."
            )
            {
                Code = ErrorCode.ObjectsExist,
                Detail = detail,
            };
    }
}
