namespace Nitejar.Database.Configuration;

/// <summary>Which permissions the GitHub App asks for. Values that this version does not know are kept.</summary>
/// <param name="Value">As stored.</param>
public sealed record PermissionsPreset(string Value)
{
    /// <summary>As few as work.</summary>
    public static readonly PermissionsPreset Minimal = new("minimal");

    /// <summary>All that Nitejar can make use of.</summary>
    public static readonly PermissionsPreset Robust = new("robust");

    /// <summary>Whether this version knows it.</summary>
    public bool IsKnown => this == Minimal || this == Robust;

    /// <summary>The value as stored.</summary>
    public override string ToString() => Value;
}
