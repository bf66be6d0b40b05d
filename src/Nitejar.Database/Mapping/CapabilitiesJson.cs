using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nitejar.Database.Mapping;

/// <summary>The column <c>capabilities</c>: a JSON array of strings.</summary>
internal static class CapabilitiesJson
{
    // Text of any language as JSON.stringify writes it; the column is never part of a web page.
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(RepoCapabilitySet capabilities) =>
        JsonSerializer.Serialize(capabilities.Select(capability => capability.Value), Options);

    /// <exception cref="FormatException">Anything else. What cannot be understood allows nothing.</exception>
    public static RepoCapabilitySet Read(string json)
    {
        string?[]? values;
        try
        {
            values = JsonSerializer.Deserialize<string?[]>(json, Options);
        }
        catch (JsonException e)
        {
            throw NotCapabilities(e);
        }

        return values is null || values.Contains(null)
            ? throw NotCapabilities(null)
            : [.. values.Select(value => new RepoCapability(value!))];
    }

    private static FormatException NotCapabilities(JsonException? cause) =>
        new(
            $"{Names.AgentRepoCapabilities.Table}.{Names.AgentRepoCapabilities.Capabilities} holds something else than a JSON array of strings.",
            cause
        );
}
