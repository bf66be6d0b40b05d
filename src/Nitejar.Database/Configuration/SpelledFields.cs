using System.Text.Json.Nodes;

namespace Nitejar.Database.Configuration;

/// <summary>The two fields that have other names in <c>integrations</c> and in released Nitejar's <c>plugin_instances</c>.</summary>
internal static class SpelledFields
{
    private const string OwnPreset = "permissions_preset";
    private const string OwnTtl = "token_ttl";
    private const string Permissions = "permissions";
    private const string ReleasedPreset = "preset";
    private const string ReleasedTtl = "tokenTTL";

    /// <summary>The preset, under the name of the table where both are there.</summary>
    public static string? Preset(JsonFields fields, ConfigSpelling spelling) =>
        First(spelling, fields.Text(OwnPreset), fields.Inner(Permissions)?.Text(ReleasedPreset));

    /// <summary>The lifetime, under the name of the table where both are there.</summary>
    public static TimeSpan? Ttl(JsonFields fields, ConfigSpelling spelling) =>
        First(spelling, fields.Seconds(OwnTtl), fields.Seconds(ReleasedTtl));

    /// <summary>Sets the preset under each name that is there, or else under that of the table.</summary>
    public static void SetPreset(JsonFields fields, string? value, ConfigSpelling spelling)
    {
        var inner = fields.Inner(Permissions);
        var isOwn = fields.Has(OwnPreset);
        var isReleased = inner?.Has(ReleasedPreset) == true;
        if (isOwn || (!isReleased && spelling == ConfigSpelling.Integrations))
            fields.Set(OwnPreset, value);

        if (
            isReleased
            || (!isOwn && spelling == ConfigSpelling.PluginInstances && value is not null)
        )
        {
            if (inner is null)
                fields.Set(Permissions, new JsonObject());

            var permissions = fields.Inner(Permissions)!;
            permissions.Set(ReleasedPreset, value);
            if (permissions.Object.Count == 0)
                fields.Set(Permissions, null);
        }
    }

    /// <summary>Sets the lifetime under each name that is there, or else under that of the table.</summary>
    public static void SetTtl(JsonFields fields, TimeSpan? ttl, ConfigSpelling spelling)
    {
        long? seconds = ttl is { } time ? (long)time.TotalSeconds : null;
        var isOwn = fields.Has(OwnTtl);
        var isReleased = fields.Has(ReleasedTtl);
        if (isOwn || (!isReleased && spelling == ConfigSpelling.Integrations))
            fields.Set(OwnTtl, seconds);

        if (isReleased || (!isOwn && spelling == ConfigSpelling.PluginInstances))
            fields.Set(ReleasedTtl, seconds);
    }

    private static T? First<T>(ConfigSpelling spelling, T? own, T? released) =>
        spelling switch
        {
            ConfigSpelling.Integrations => own ?? released,
            ConfigSpelling.PluginInstances => released ?? own,
            _ => throw new ArgumentOutOfRangeException(nameof(spelling)),
        };
}
