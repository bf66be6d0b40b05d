using System.Text.Json;
using Nitejar.Migrations.Cli.Configuration.Values;
using Nitejar.Migrations.Cli.Output.Secrets;
using Nitejar.Migrations.Engine;

namespace Nitejar.Migrations.Cli.Configuration;

/// <summary>
/// Reads migrations.json key by key, so that an unknown key, a wrong type or a duplicate is told with its line, its
/// column and the nearest known key; a serializer would skip them.
/// </summary>
internal sealed class MigrationsJsonReader(string file, byte[] content)
{
    /// <summary>Every key that has a meaning, by the object that holds it. The JSON schema lists the same.</summary>
    public static readonly string[] RootKeys =
    [
        "$schema",
        "defaultEnvironment",
        "environments",
        "migrationsDirectory",
    ];

    private const int LongestShownKey = 60;
    private const int MostBackups = 1000;

    /// <summary>The keys of an environment.</summary>
    public static readonly string[] EnvironmentKeys =
    [
        "connection",
        "lockTimeout",
        "statementTimeout",
        "receiptDirectory",
        "allowDown",
        "backup",
        "backupDirectory",
        "backupsToKeep",
    ];

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
        string? defaultEnvironment = null;
        string? migrationsDirectory = null;
        var environments = new Dictionary<string, EnvironmentJson>();
        var seen = new HashSet<string>();
        RequireObject(ref json, "the file");
        while (NextKey(ref json, RootKeys, seen) is { } key)
        {
            switch (key)
            {
                case "environments":
                    ReadEnvironments(ref json, environments);
                    break;
                case "defaultEnvironment":
                    defaultEnvironment = Text(ref json, key);
                    break;
                case "migrationsDirectory":
                    migrationsDirectory = Text(ref json, key);
                    break;
                default:
                    _ = Text(ref json, key);
                    break;
            }
        }

        return new MigrationsJson(file, defaultEnvironment, environments, migrationsDirectory);
    }

    private void ReadEnvironments(
        ref Utf8JsonReader json,
        Dictionary<string, EnvironmentJson> environments
    )
    {
        var seen = new HashSet<string>();
        RequireObject(ref json, "environments");
        while (NextKey(ref json, known: null, seen) is { } name)
        {
            environments[name] = ReadEnvironment(ref json, name);
        }
    }

    private EnvironmentJson ReadEnvironment(ref Utf8JsonReader json, string name)
    {
        var environment = new EnvironmentJson();
        var seen = new HashSet<string>();
        RequireObject(ref json, $"environment {Printable(name)}");
        while (NextKey(ref json, EnvironmentKeys, seen) is { } key)
        {
            environment = key switch
            {
                "connection" => environment with { Connection = Text(ref json, key) },
                "lockTimeout" => environment with { LockTimeout = Duration(ref json, key) },
                "statementTimeout" => environment with
                {
                    StatementTimeout = Duration(ref json, key),
                },
                "receiptDirectory" => environment with { ReceiptDirectory = Text(ref json, key) },
                "backup" => environment with { Backup = Flag(ref json, key) },
                "backupDirectory" => environment with { BackupDirectory = Text(ref json, key) },
                "backupsToKeep" => environment with { BackupsToKeep = Keep(ref json, key) },
                _ => environment with { AllowDown = Flag(ref json, key) },
            };
        }

        return environment;
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
                $"unknown key \"{Printable(key)}\"; the nearest known one is \"{NearestWord.To(key, known)}\""
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

    private string Text(ref Utf8JsonReader json, string key) =>
        json.TokenType == JsonTokenType.String && TextOf(ref json) is { Length: > 0 } text
            ? text.Any(char.IsControl)
                ? throw Wrong(ref json, $"\"{key}\" must not hold control characters")
                : text
            : throw Wrong(ref json, $"\"{key}\" must be a text that is not empty");

    private bool Flag(ref Utf8JsonReader json, string key) =>
        json.TokenType is JsonTokenType.True or JsonTokenType.False
            ? json.GetBoolean()
            : throw Wrong(ref json, $"\"{key}\" must be true or false");

    private int Keep(ref Utf8JsonReader json, string key) =>
        json.TokenType == JsonTokenType.Number
        && json.TryGetInt32(out var count)
        && count is >= 1 and <= MostBackups
            ? count
            : throw Wrong(ref json, $"\"{key}\" must be a whole number from 1 to {MostBackups}");

    private TimeSpan Duration(ref Utf8JsonReader json, string key) =>
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
