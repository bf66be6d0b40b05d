using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nitejar.Tests.Chains;

/// <summary>Chains as text, without reflection: the native compiler removes what only reflection would find.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(Chain))]
internal sealed partial class ChainJson : JsonSerializerContext
{
    public static string Write(Chain chain) => JsonSerializer.Serialize(chain, Default.Chain);

    /// <exception cref="JsonException">The text is no chain.</exception>
    public static Chain Read(string text) =>
        JsonSerializer.Deserialize(text, Default.Chain) ?? throw new JsonException("No chain.");
}
