using Nitejar.Migrations.Engine.History;

namespace Nitejar.Migrations.Hosting.Process;

/// <summary>Which program this is.</summary>
internal static class ThisProgram
{
    /// <summary>Its version.</summary>
    public static string Version =>
        typeof(ThisProgram).Assembly.GetName().Version?.ToString(3) ?? "unknown";

    /// <summary>Who runs what, for the journal and the receipt.</summary>
    public static RunOrigin Origin() => RunOrigin.Current(Version);
}
