using System.Text.Json;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Hosting.Configuration.Values;
using Nitejar.Migrations.Hosting.Output.Secrets;

namespace Nitejar.Migrations.Hosting.Configuration.Json;

/// <summary>
/// Reads migrations.json key by key, so that an unknown key, a wrong type or a duplicate is told with its line, its
/// column and the nearest known key; a serializer would skip them.
/// </summary>
internal sealed class MigrationsJsonReader(string file, byte[] content)
{
    private const int LongestShownKey = 60;
    private const int MostBackups = 1000;

    /// <exception cref="InvalidRequestException">The file is wrong; line and column are named.</exception>
    public MigrationsJson Read()
    {
        // A reader that got past malformed text would report it at the wrong place, so syntax comes first.
        var json = new Utf8JsonReader(WithoutByteOrderMark());
        try
        {
            json.Read();
            var config = ReadRoot(ref json);
            if (json.Read())
            {
                throw Wrong(ref json, "something follows the closing brace");
            }

            return config;
        }
        catch (JsonException e)
        {
            throw new InvalidRequestException(
                $"{file}, line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}: not valid JSON.",
                "Correct the file; comments and trailing commas are not JSON.",
                e
            );
        }
    }

    private ReadOnlySpan<byte> WithoutByteOrderMark() =>
        content.AsSpan().StartsWith("\uFEFF"u8) ? content.AsSpan(3) : content;

    private MigrationsJson ReadRoot(ref Utf8JsonReader json)
    {
        RequireObject(ref json, "the file");
        return ReadKeys(
            ref json,
            MigrationsJsonKeys.Root,
            new MigrationsJson(file, null, new Dictionary<string, EnvironmentJson>(), null)
        );
    }

    /// <summary>The environments by their names.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public Dictionary<string, EnvironmentJson> ReadEnvironments(ref Utf8JsonReader json)
    {
        var environments = new Dictionary<string, EnvironmentJson>();
        var seen = new HashSet<string>();
        RequireObject(ref json, "environments");
        while (NextKey(ref json, known: null, seen) is { } name)
        {
            RequireObject(ref json, $"environment {Printable(name)}");
            environments[name] = ReadKeys(
                ref json,
                MigrationsJsonKeys.Environment,
                new EnvironmentJson()
            );
        }

        return environments;
    }

    private T ReadKeys<T>(
        ref Utf8JsonReader json,
        Dictionary<string, MigrationsJsonKeys.Setter<T>> setters,
        T read
    )
    {
        string[] known = [.. setters.Keys];
        var seen = new HashSet<string>();
        while (NextKey(ref json, known, seen) is { } key)
        {
            read = setters[key](this, ref json, key, read);
        }

        return read;
    }

    /// <summary>The next key of the object, the reader being at its value; <see langword="null"/> at the end.</summary>
    private string? NextKey(ref Utf8JsonReader json, string[]? known, HashSet<string> seen)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        var key = TextOf(ref json);
        if (known is not null && !known.Contains(key))
        {
            throw Wrong(
                ref json,
                $"unknown key \"{Printable(key)}\"; {(NearestWord.To(key, known) is { } near ? $"the nearest known one is \"{near}\"" : $"there are {string.Join(", ", known)}")}"
            );
        }

        if (!seen.Add(key))
        {
            throw Wrong(ref json, $"\"{Printable(key)}\" appears twice");
        }

        json.Read();
        return key;
    }

    private void RequireObject(ref Utf8JsonReader json, string what)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong(ref json, $"{what} must be an object");
        }
    }

    /// <summary>A text that is not empty and holds no control characters.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public string Text(ref Utf8JsonReader json, string key) =>
        json.TokenType == JsonTokenType.String && TextOf(ref json) is { Length: > 0 } text
            ? text.Any(char.IsControl)
                ? throw Wrong(ref json, $"\"{key}\" must not hold control characters")
                : text
            : throw Wrong(ref json, $"\"{key}\" must be a text that is not empty");

    /// <summary>A list of such texts, without one that appears twice; it may be empty.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public IReadOnlyList<string> Texts(ref Utf8JsonReader json, string key)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw Wrong(ref json, $"\"{key}\" must be a list of texts, such as [\"a\", \"b\"]");
        }

        var texts = new List<string>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            var text = Text(ref json, key);
            if (texts.Contains(text))
            {
                throw Wrong(ref json, $"\"{key}\" holds a text twice");
            }

            texts.Add(text);
        }

        return texts;
    }

    /// <summary>True or false.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public bool Flag(ref Utf8JsonReader json, string key) =>
        json.TokenType is JsonTokenType.True or JsonTokenType.False
            ? json.GetBoolean()
            : throw Wrong(ref json, $"\"{key}\" must be true or false");

    /// <summary>How many backups to keep.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public int Keep(ref Utf8JsonReader json, string key) =>
        json.TokenType == JsonTokenType.Number
        && json.TryGetInt32(out var count)
        && count is >= 1 and <= MostBackups
            ? count
            : throw Wrong(ref json, $"\"{key}\" must be a whole number from 1 to {MostBackups}");

    /// <summary>What is committed together.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public CommitUnit Unit(ref Utf8JsonReader json, string key) =>
        json.TokenType == JsonTokenType.String && CommitUnits.Parse(TextOf(ref json)) is { } unit
            ? unit
            : throw Wrong(
                ref json,
                $"\"{key}\" must be \"{CommitUnits.Run}\" or \"{CommitUnits.Migration}\""
            );

    /// <summary>A duration such as <c>30s</c>.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public TimeSpan Duration(ref Utf8JsonReader json, string key) =>
        json.TokenType == JsonTokenType.String && Durations.Parse(TextOf(ref json)) is { } duration
            ? duration
            : throw Wrong(ref json, $"\"{key}\" must be a duration in quotes, such as \"30s\"");

    private string TextOf(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong(ref json, "the text is not valid Unicode");
        }
    }

    /// <summary>Short, without what would steer a terminal, and not a connection in the wrong place.</summary>
    private static string Printable(string key) =>
        LiteralSecret.In(key) is not null
            ? "***"
            : string.Concat(key.Take(LongestShownKey).Select(c => char.IsControl(c) ? '?' : c));

    private InvalidRequestException Wrong(ref Utf8JsonReader json, string problem)
    {
        var before = WithoutByteOrderMark()[..(int)json.TokenStartIndex];
        var line = 1 + before.Count((byte)'\n');
        var column = before.Length - before.LastIndexOf((byte)'\n');
        return new InvalidRequestException(
            $"{file}, line {line}, column {column}: {problem}.",
            "Correct the file; its JSON schema describes every key."
        );
    }
}
