using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nitejar.Database.Configuration;

/// <summary>The JSON of a <see cref="GithubAppConfig"/>.</summary>
internal static class GithubAppJson
{
    private const string AppId = "appId";
    private const string ClientId = "clientId";
    private const string ClientSecret = "clientSecret";
    private const string WebhookSecret = "webhookSecret";
    private const string PrivateKey = "privateKey";

    private static readonly string[] Sensitive = [ClientSecret, WebhookSecret, PrivateKey];

    // Base64 has a plus sign, which would be escaped otherwise.
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static GithubAppConfig Read(string json, ConfigCipher cipher, ConfigSpelling spelling)
    {
        var fields = new JsonFields(ParseObject(json));
        var config = new GithubAppConfig
        {
            AppId = fields.TextOrNumber(AppId),
            ClientId = fields.Text(ClientId),
            ClientSecret = Decrypt(fields, ClientSecret, cipher),
            WebhookSecret = Decrypt(fields, WebhookSecret, cipher),
            PrivateKey = Decrypt(fields, PrivateKey, cipher),
            PermissionsPreset = SpelledFields.Preset(fields, spelling) is { } preset
                ? new(preset)
                : null,
            TokenTtl = SpelledFields.Ttl(fields, spelling),
            Spelling = spelling,
        };
        foreach (var name in Sensitive.Where(fields.Object.ContainsKey))
            fields.Object[name] = null;

        return config with
        {
            Rest = fields.Object.ToJsonString(Options),
        };
    }

    public static string Write(GithubAppConfig config, ConfigCipher cipher)
    {
        var fields = new JsonFields(ParseObject(config.Rest));
        // A number that stands in quotes, or does not, stays so.
        if (fields.TextOrNumber(AppId) != config.AppId)
            fields.Set(AppId, config.AppId);

        fields.Set(ClientId, config.ClientId);
        fields.Set(ClientSecret, Encrypt(config.ClientSecret, cipher));
        fields.Set(WebhookSecret, Encrypt(config.WebhookSecret, cipher));
        fields.Set(PrivateKey, Encrypt(config.PrivateKey, cipher));
        SpelledFields.SetPreset(fields, config.PermissionsPreset?.Value, config.Spelling);
        SpelledFields.SetTtl(fields, config.TokenTtl, config.Spelling);
        return fields.Object.ToJsonString(Options);
    }

    private static Secret? Decrypt(JsonFields fields, string name, ConfigCipher cipher)
    {
        try
        {
            return fields.Text(name) is { } value ? new Secret(cipher.Decrypt(value)) : null;
        }
        catch (ConfigCipherException e)
        {
            throw new ConfigCipherException($"{name}: {e.Message}");
        }
    }

    private static string? Encrypt(Secret? secret, ConfigCipher cipher) =>
        secret is null ? null : cipher.Encrypt(secret.Reveal());

    private static JsonObject ParseObject(string json)
    {
        try
        {
            if (JsonNode.Parse(json, documentOptions: JsonFields.OneOfEachName) is JsonObject found)
                return found;
        }
        catch (JsonException e)
        {
            // The parser's own message quotes what it stumbled over, which may be a secret.
            throw new GithubAppConfigException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The configuration is no valid JSON, see line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}; or it names a field twice."
                )
            );
        }

        throw new GithubAppConfigException("The configuration is not a JSON object.");
    }
}
