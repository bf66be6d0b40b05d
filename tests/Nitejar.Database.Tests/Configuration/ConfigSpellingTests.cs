using Nitejar.Database.Configuration;

namespace Nitejar.Database.Tests.Configuration;

/// <summary>A configuration keeps the names that it has, and a new field gets those of its table.</summary>
public sealed class ConfigSpellingTests
{
    private const string Own = """{"permissions_preset":"minimal","token_ttl":60}""";
    private const string Released =
        """{"appSlug":"jar","permissions":{"overrides":{"issues":"read"},"preset":"minimal"},"tokenTTL":60,"trackIssueOpen":true}""";

    private static readonly ConfigCipher Cipher = new(new string('k', 32));

    [Test]
    public void Both_spellings_are_read_from_either_table(
        [Values(Own, Released)] string json,
        [Values] ConfigSpelling table
    )
    {
        var config = GithubAppConfig.Parse(json, Cipher, table);

        Assert.That(config.PermissionsPreset, Is.EqualTo(PermissionsPreset.Minimal));
        Assert.That(config.TokenTtl, Is.EqualTo(TimeSpan.FromMinutes(1)));
        Assert.That(config.ToJson(Cipher), Is.EqualTo(json), "written as it was read");
    }

    [Test]
    public void A_change_keeps_the_spelling_and_everything_else(
        [Values(Own, Released)] string json,
        [Values] ConfigSpelling table
    )
    {
        var changed = GithubAppConfig.Parse(json, Cipher, table) with
        {
            PermissionsPreset = PermissionsPreset.Robust,
            TokenTtl = TimeSpan.FromMinutes(2),
        };

        Assert.That(
            changed.ToJson(Cipher),
            Is.EqualTo(
                json.Replace("minimal", "robust", StringComparison.Ordinal)
                    .Replace(":60", ":120", StringComparison.Ordinal)
            )
        );
    }

    [TestCase(
        ConfigSpelling.Integrations,
        """{"a":1,"permissions_preset":"robust","token_ttl":60}"""
    )]
    [TestCase(
        ConfigSpelling.PluginInstances,
        """{"a":1,"permissions":{"preset":"robust"},"tokenTTL":60}"""
    )]
    public void What_a_document_does_not_have_gets_the_names_of_the_table(
        ConfigSpelling table,
        string json
    )
    {
        var config = GithubAppConfig.Parse("""{"a":1}""", Cipher, table) with
        {
            PermissionsPreset = PermissionsPreset.Robust,
            TokenTtl = TimeSpan.FromMinutes(1),
        };

        Assert.That(config.ToJson(Cipher), Is.EqualTo(json));
    }

    [Test]
    public void Overrides_without_a_preset_get_it_beside_them() =>
        Assert.That(
            (
                GithubAppConfig.Parse(
                    """{"permissions":{"overrides":{}}}""",
                    Cipher,
                    ConfigSpelling.PluginInstances
                ) with
                {
                    PermissionsPreset = PermissionsPreset.Robust,
                }
            ).ToJson(Cipher),
            Is.EqualTo("""{"permissions":{"overrides":{},"preset":"robust"}}""")
        );

    [TestCase(Own, "{}")]
    [TestCase(
        Released,
        """{"appSlug":"jar","permissions":{"overrides":{"issues":"read"}},"trackIssueOpen":true}"""
    )]
    [TestCase("""{"permissions":{"preset":"minimal"},"tokenTTL":60}""", "{}")]
    public void What_is_set_to_null_is_left_out(string json, string without) =>
        Assert.That(
            (
                GithubAppConfig.Parse(json, Cipher) with
                {
                    PermissionsPreset = null,
                    TokenTtl = null,
                }
            ).ToJson(Cipher),
            Is.EqualTo(without)
        );

    [Test]
    public void Where_both_are_there_the_table_decides_and_both_are_written()
    {
        const string json =
            """{"permissions_preset":"minimal","permissions":{"preset":"robust"},"token_ttl":1,"tokenTTL":2}""";

        var own = GithubAppConfig.Parse(json, Cipher, ConfigSpelling.Integrations);
        var released = GithubAppConfig.Parse(json, Cipher, ConfigSpelling.PluginInstances);

        Assert.That(
            (own.PermissionsPreset, own.TokenTtl, released.PermissionsPreset, released.TokenTtl),
            Is.EqualTo(
                (
                    PermissionsPreset.Minimal,
                    TimeSpan.FromSeconds(1),
                    PermissionsPreset.Robust,
                    TimeSpan.FromSeconds(2)
                )
            )
        );
        Assert.That(
            released.ToJson(Cipher),
            Is.EqualTo(
                """{"permissions_preset":"robust","permissions":{"preset":"robust"},"token_ttl":2,"tokenTTL":2}"""
            )
        );
    }

    [TestCase("""{"permissions":"robust"}""", "permissions is not an object")]
    [TestCase("""{"permissions":{"preset":7}}""", "permissions.preset is not a text")]
    [TestCase("""{"tokenTTL":"60"}""", "tokenTTL is not a whole number of seconds")]
    public void A_wrong_type_is_an_error_with_the_name_of_the_field(string json, string message) =>
        Assert.That(
            () => GithubAppConfig.Parse(json, Cipher),
            Throws.TypeOf<GithubAppConfigException>().With.Message.Contains(message)
        );

    [Test]
    public void An_instance_of_another_plugin_has_none() =>
        Assert.That(
            () =>
                GithubAppConfig.Of(
                    new PluginInstance
                    {
                        Id = "p",
                        PluginId = "builtin.telegram",
                        Name = "",
                    },
                    Cipher
                ),
            Throws.ArgumentException.With.Message.Contains("builtin.telegram")
        );
}
