using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Running;

namespace Nitejar.Migrations.Cli.Output;

/// <summary>The engine's terms as people and scripts read them.</summary>
internal static class Words
{
    public static string Of(Direction direction) => direction == Direction.Up ? "up" : "down";

    public static string Of(StepState state) =>
        state switch
        {
            StepState.Applied => "applied",
            StepState.Reverted => "reverted",
            StepState.RolledBack => "rolled-back",
            StepState.Failed => "failed",
            _ => "not-run",
        };

    public static string Of(TimeSpan duration) =>
        duration.TotalSeconds >= 60
            ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMinutes:0.0} min")
        : duration.TotalSeconds >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0.0} ms");

    public static string Of(DateTime? utc) =>
        utc?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "-";
}
