using System.Text.Json;

namespace Nitejar.Migrations.Binary.Tests.Tools;

/// <summary>Names the fields of JSON documents: <c>steps[].name</c>.</summary>
internal static class FieldsOf
{
    /// <summary>Every field of an element, with each value that it has.</summary>
    public static IEnumerable<(string Field, JsonElement Value)> Document(
        JsonElement element,
        string prefix = ""
    )
    {
        foreach (var property in element.EnumerateObject())
        {
            var field = prefix + property.Name;
            yield return (field, property.Value);
            var objects =
                property.Value.ValueKind == JsonValueKind.Array
                    ? property.Value.EnumerateArray().Select(item => (Prefix: $"{field}[].", item))
                    : [(Prefix: $"{field}.", property.Value)];
            var below = objects
                .Where(one => one.item.ValueKind == JsonValueKind.Object)
                .SelectMany(one => Document(one.item, one.Prefix));
            foreach (var found in below)
            {
                yield return found;
            }
        }
    }

    /// <summary>Whether a documented type (<c>text or null</c>) permits a value.</summary>
    public static bool IsOfType(JsonElement value, string type) =>
        type.Split(" or ").Any(one => Matches(value, one));

    private static bool Matches(JsonElement value, string type) =>
        type switch
        {
            "null" => value.ValueKind == JsonValueKind.Null,
            "text" => value.ValueKind == JsonValueKind.String,
            "time" => value.ValueKind == JsonValueKind.String && value.TryGetDateTime(out _),
            "number" => value.ValueKind == JsonValueKind.Number,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "object" => value.ValueKind == JsonValueKind.Object,
            "list" => value.ValueKind == JsonValueKind.Array
                && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object),
            "list of texts" => value.ValueKind == JsonValueKind.Array
                && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String),
            _ => throw new ArgumentException($"No field has the type {type}."),
        };
}
