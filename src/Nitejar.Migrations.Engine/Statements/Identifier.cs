namespace Nitejar.Migrations.Engine.Statements;

/// <summary>Writes names into SQL.</summary>
internal static class Identifier
{
    /// <summary>The name in double quotes, which every kind of database takes as it is.</summary>
    public static string Quote(string name) =>
        $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
