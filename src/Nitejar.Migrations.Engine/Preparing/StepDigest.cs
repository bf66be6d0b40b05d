using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Preparing;

/// <summary>What an executed step was, in a form that can be compared.</summary>
/// <param name="Id">Which migration.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Digest">
/// SHA-256, lower-case hexadecimal: of the SQL as it was executed; of the class and its binary where the SQL does not
/// say all of it (code) or is another one at each evaluation.
/// </param>
public sealed record StepDigest(MigrationId Id, Direction Direction, string Digest)
{
    /// <summary>The digest of the class and its binary; <see langword="null"/> for SQL from the journal, and where nobody will compare.</summary>
    public string? OfClass { get; init; }

    /// <summary>Identifies a step by its SQL, or by its class where it runs code.</summary>
    internal static StepDigest Of(PlanStep step, MigrationScript script) =>
        new(
            step.Id,
            step.Direction,
            step.Known is { } known && script.RunsCode ? known.DigestOfClass() : script.Digest
        );

    /// <summary>Identifies a step before it is executed: by its class too, and by nothing else where its SQL may differ.</summary>
    internal static StepDigest Of(PreparedStep prepared)
    {
        var digest = Of(prepared.Step, prepared.Script);
        return prepared.Step.Known?.DigestOfClass() is { } ofClass
            ? digest with
            {
                Digest = prepared.MayDiffer ? ofClass : digest.Digest,
                OfClass = ofClass,
            }
            : digest;
    }

    /// <summary>Whether who was shown this step has seen the other one.</summary>
    internal bool Covers(StepDigest executed) =>
        (Id, Direction) == (executed.Id, executed.Direction)
        && (Digest == executed.Digest || OfClass == executed.Digest);
}
