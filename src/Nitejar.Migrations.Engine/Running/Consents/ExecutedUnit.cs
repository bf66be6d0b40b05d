using Nitejar.Migrations.Engine.Databases.Sessions;

namespace Nitejar.Migrations.Engine.Running.Consents;

/// <summary>What is committed together, executed and not committed yet.</summary>
/// <param name="Proposal">What it was, and what it removes.</param>
/// <param name="LooseKeys">Foreign keys that lead nowhere since.</param>
/// <param name="Warnings">Sentences for a person, true once it is committed.</param>
internal sealed record ExecutedUnit(
    Proposal Proposal,
    IReadOnlyList<LooseKey> LooseKeys,
    IReadOnlyList<string> Warnings
);
