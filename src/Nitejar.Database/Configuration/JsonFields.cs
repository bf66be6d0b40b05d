using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nitejar.Database.Configuration;

/// <summary>Reads and sets fields of an object, with errors that name the field and not its value.</summary>
/// <param name="fields">The object.</param>
/// <param name="path">What stands before names in errors: empty, or the object's own name and a dot.</param>
internal sealed class JsonFields(JsonObject fields, string path = "")
{
    public static JsonDocumentOptions OneOfEachName => new() { AllowDuplicateProperties = false };

    public JsonObject Object => fields;

    public string? Text(string name) =>
        KindOf(name) switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => Decode(name),
            JsonValueKind.Undefined
            or JsonValueKind.Object
            or JsonValueKind.Array
            or JsonValueKind.Number
            or JsonValueKind.True
            or JsonValueKind.False => throw Wrong(name, "a text"),
            _ => throw new InvalidOperationException("JSON has no such kind of value."),
        };

    public string? TextOrNumber(string name) =>
        KindOf(name) == JsonValueKind.Number ? fields[name]!.ToJsonString() : Text(name);

    public TimeSpan? Seconds(string name)
    {
        if (KindOf(name) == JsonValueKind.Null)
            return null;

        return
            KindOf(name) == JsonValueKind.Number
            && fields[name]!.AsValue().TryGetValue(out long seconds)
            && seconds is >= 0 and <= int.MaxValue
            ? TimeSpan.FromSeconds(seconds)
            : throw Wrong(name, "a whole number of seconds");
    }

    /// <summary>Sets a field in its place; <see langword="null"/> removes it.</summary>
    public void Set(string name, JsonNode? value)
    {
        if (value is null)
            fields.Remove(name);
        else
            fields[name] = value;
    }

    private string Decode(string name)
    {
        try
        {
            return fields[name]!.GetValue<string>();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, written as an escape.
            throw Wrong(name, "a text");
        }
    }

    private JsonValueKind KindOf(string name) => fields[name]?.GetValueKind() ?? JsonValueKind.Null;

    /// <summary>Whether the field is there, though it may be null.</summary>
    public bool Has(string name) => fields.ContainsKey(name);

    /// <summary>The fields of an object; <see langword="null"/> where it is not there or null.</summary>
    public JsonFields? Inner(string name) =>
        fields[name] switch
        {
            null => null,
            JsonObject inner => new JsonFields(inner, $"{path}{name}."),
            _ => throw Wrong(name, "an object"),
        };

    private GithubAppConfigException Wrong(string name, string expected) =>
        new($"{path}{name} is not {expected}.");
}
