using System.Text;

namespace Nitejar.Database.Configuration;

/// <summary>
/// Credentials and settings of a GitHub App, as they stand in <see cref="Integration.Config"/> of an integration
/// whose type is <see cref="IntegrationType"/>, or in <see cref="PluginInstance.Config"/> of an instance of the plugin
/// <see cref="PluginId"/>. Fields that this version does not know are kept.
/// </summary>
public sealed record GithubAppConfig
{
    /// <summary><see cref="Integration.Type"/> of a GitHub App.</summary>
    public const string IntegrationType = "github";

    /// <summary><see cref="PluginInstance.PluginId"/> of a GitHub App.</summary>
    public const string PluginId = "builtin.github";

    /// <summary>
    /// In which names <see cref="PermissionsPreset"/> and <see cref="TokenTtl"/> are written where the JSON that was read has
    /// them in none; a field keeps the name that it has.
    /// </summary>
    public ConfigSpelling Spelling { get; init; }

    /// <summary>GitHub's number of the App, or <see langword="null"/>.</summary>
    public string? AppId { get; init; }

    /// <summary>The App's OAuth client, or <see langword="null"/>.</summary>
    public string? ClientId { get; init; }

    /// <summary>The OAuth client's secret, or <see langword="null"/>.</summary>
    public Secret? ClientSecret { get; init; }

    /// <summary>What signs webhooks, or <see langword="null"/>.</summary>
    public Secret? WebhookSecret { get; init; }

    /// <summary>The App's private key in PEM, or <see langword="null"/>.</summary>
    public Secret? PrivateKey { get; init; }

    /// <summary>Which permissions the App asks for, or <see langword="null"/>.</summary>
    public PermissionsPreset? PermissionsPreset { get; init; }

    /// <summary>How long an installation token is used, in whole seconds; or <see langword="null"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than nothing, or to a part of a second.</exception>
    public TimeSpan? TokenTtl
    {
        get;
        init =>
            field =
                value is not { } ttl
                || ttl >= TimeSpan.Zero && ttl.Ticks % TimeSpan.TicksPerSecond == 0
                    ? value
                    : throw new ArgumentOutOfRangeException(
                        nameof(value),
                        value,
                        "Whole seconds, not less than zero."
                    );
    }

    /// <summary>The JSON that was read, with nothing in place of secrets.</summary>
    internal string Rest { get; init; } = "{}";

    /// <summary>Reads a configuration and decrypts its secrets; those that are not encrypted are taken as they are.</summary>
    /// <exception cref="GithubAppConfigException">It is not a JSON object, or a field has the wrong type.</exception>
    /// <exception cref="ConfigCipherException">A secret cannot be decrypted; the message names the field.</exception>
    public static GithubAppConfig Parse(string json, ConfigCipher cipher) =>
        Parse(json, cipher, ConfigSpelling.Integrations);

    /// <summary>As <see cref="Parse(string, ConfigCipher)"/>, from a table whose names count where the JSON has both.</summary>
    /// <exception cref="GithubAppConfigException">It is not a JSON object, or a field has the wrong type.</exception>
    /// <exception cref="ConfigCipherException">A secret cannot be decrypted; the message names the field.</exception>
    public static GithubAppConfig Parse(
        string json,
        ConfigCipher cipher,
        ConfigSpelling spelling
    ) => GithubAppJson.Read(json, cipher, spelling);

    /// <summary>The configuration of an integration; an empty one if it has none.</summary>
    /// <exception cref="ArgumentException">The integration is of another type.</exception>
    /// <exception cref="GithubAppConfigException">As <see cref="Parse(string, ConfigCipher)"/>.</exception>
    /// <exception cref="ConfigCipherException">As <see cref="Parse(string, ConfigCipher)"/>.</exception>
    public static GithubAppConfig Of(Integration integration, ConfigCipher cipher) =>
        integration.Type == IntegrationType
            ? Parse(integration.Config ?? "{}", cipher)
            : throw new ArgumentException(
                $"Integration '{integration.Id}' is of the type '{integration.Type}', not '{IntegrationType}'.",
                nameof(integration)
            );

    /// <summary>The configuration of a plugin instance; an empty one if it has none.</summary>
    /// <exception cref="ArgumentException">The instance is of another plugin.</exception>
    /// <exception cref="GithubAppConfigException">As <see cref="Parse(string, ConfigCipher)"/>.</exception>
    /// <exception cref="ConfigCipherException">As <see cref="Parse(string, ConfigCipher)"/>.</exception>
    public static GithubAppConfig Of(PluginInstance instance, ConfigCipher cipher) =>
        instance.PluginId == PluginId
            ? Parse(instance.Config ?? "{}", cipher, ConfigSpelling.PluginInstances)
            : throw new ArgumentException(
                $"Plugin instance '{instance.Id}' is of the plugin '{instance.PluginId}', not '{PluginId}'.",
                nameof(instance)
            );

    /// <summary>The configuration as JSON, with every secret encrypted.</summary>
    public string ToJson(ConfigCipher cipher) => GithubAppJson.Write(this, cipher);

    private bool PrintMembers(StringBuilder builder)
    {
        builder
            .Append($"{nameof(AppId)} = {AppId}, {nameof(ClientId)} = {ClientId}, ")
            .Append($"{nameof(ClientSecret)} = {ClientSecret}, ")
            .Append($"{nameof(WebhookSecret)} = {WebhookSecret}, ")
            .Append($"{nameof(PrivateKey)} = {PrivateKey}, ")
            .Append($"{nameof(PermissionsPreset)} = {PermissionsPreset}, ")
            .Append($"{nameof(TokenTtl)} = {TokenTtl}");
        return true;
    }
}
