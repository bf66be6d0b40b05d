namespace Nitejar.Migrations.Engine;

/// <summary>A migration's identity: its timestamp version and the name of its class.</summary>
/// <param name="Version">The version, by convention a UTC timestamp written <c>yyyyMMddHHmmss</c>.</param>
/// <param name="Name">The class name; for a migration that only the database knows, what the database recorded.</param>
public readonly record struct MigrationId(long Version, string Name)
{
    /// <summary>The file name without its ending: <c>20240501120000_GithubIntegration</c>.</summary>
    public override string ToString() =>
        Name.Length == 0
            ? Version.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Version}_{Name}");
}
