using Nitejar.Migrations.Engine.Planning;

namespace Nitejar.Migrations.Hosting.Configuration.Values;

/// <summary>The words for what is committed together.</summary>
internal static class CommitUnits
{
    public const string Run = "run";
    public const string Migration = "migration";

    /// <returns><see langword="null"/> for another word.</returns>
    public static CommitUnit? Parse(string? word) =>
        word switch
        {
            Run => CommitUnit.Run,
            Migration => CommitUnit.Migration,
            _ => null,
        };
}
