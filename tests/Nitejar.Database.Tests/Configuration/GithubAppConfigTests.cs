using System.Text.Json.Nodes;
using Nitejar.Database.Configuration;
using Nitejar.Database.Tests.Rows;

namespace Nitejar.Database.Tests.Configuration;

/// <summary>The configuration of a GitHub App as JSON: secrets encrypted, unknown fields kept.</summary>
public sealed class GithubAppConfigTests
{
    private static readonly ConfigCipher Cipher = new(new string('k', 32));

    private static readonly GithubAppConfig Config = new()
    {
        AppId = "12345",
        ClientId = "Iv1.0",
        ClientSecret = new Secret("client"),
        WebhookSecret = new Secret("hook"),
        PrivateKey = new Secret("-----BEGIN"),
        PermissionsPreset = PermissionsPreset.Minimal,
        TokenTtl = TimeSpan.FromHours(1),
    };

    [Test]
    public void The_fields_have_Nitejars_names_and_only_secrets_are_encrypted()
    {
        var json = JsonNode.Parse(Config.ToJson(Cipher))!.AsObject();

        foreach (var name in new[] { "clientSecret", "webhookSecret", "privateKey" })
        {
            Assert.That(ConfigCipher.IsEncrypted(json[name]!.GetValue<string>()), name);
            json[name] = Cipher.Decrypt(json[name]!.GetValue<string>());
        }

        Assert.That(
            json.ToJsonString(),
            Is.EqualTo(
                """{"appId":"12345","clientId":"Iv1.0","clientSecret":"client","webhookSecret":"hook","privateKey":"-----BEGIN","permissions_preset":"minimal","token_ttl":3600}"""
            )
        );
    }

    [Test]
    public void What_is_written_is_read()
    {
        var read = GithubAppConfig.Parse(Config.ToJson(Cipher), Cipher);

        Assert.That(read with { Rest = Config.Rest }, Is.EqualTo(Config));
    }

    [Test]
    public void Unknown_fields_keep_their_place_and_their_digits()
    {
        const string json =
            """{"z":{"a":[1.50,"✓",null]},"appId":12345,"big":12345678901234567890123,"permissions_preset":"huge","token_ttl":60,"y":null}""";

        Assert.That(GithubAppConfig.Parse(json, Cipher).ToJson(Cipher), Is.EqualTo(json));
    }

    [Test]
    public void Changing_a_field_changes_nothing_else()
    {
        const string json = """{"appId":7,"x":1,"clientId":"a","token_ttl":60}""";
        var config = GithubAppConfig.Parse(json, Cipher);

        Assert.That(
            (config with { ClientId = "b", TokenTtl = null }).ToJson(Cipher),
            Is.EqualTo("""{"appId":7,"x":1,"clientId":"b"}""")
        );
        Assert.That(
            (config with { AppId = "8" }).ToJson(Cipher),
            Is.EqualTo("""{"appId":"8","x":1,"clientId":"a","token_ttl":60}""")
        );
    }

    [Test]
    public void A_secret_that_was_stored_in_plain_text_is_encrypted_when_written()
    {
        var config = GithubAppConfig.Parse("""{"clientSecret":"plain"}""", Cipher);

        Assert.That(config.ClientSecret!.Reveal(), Is.EqualTo("plain"));
        Assert.That(config.ToJson(Cipher), Does.Not.Contain("plain"));
    }

    [Test]
    public void A_secret_under_another_key_is_an_error_that_names_the_field()
    {
        var json = Config.ToJson(new ConfigCipher(new string('o', 32)));

        Assert.That(
            () => GithubAppConfig.Parse(json, Cipher),
            Throws.TypeOf<ConfigCipherException>().With.Message.StartsWith("clientSecret: ")
        );
    }

    [TestCase("[]", "not a JSON object")]
    [TestCase("null", "not a JSON object")]
    [TestCase("{", "line 1, byte 2")]
    [TestCase("""{"a":1,"a":2}""", "twice")]
    [TestCase("""{"clientSecret":5}""", "clientSecret")]
    [TestCase("""{"privateKey":"\ud83d"}""", "privateKey")]
    [TestCase("""{"permissions_preset":true}""", "permissions_preset")]
    [TestCase("""{"appId":[]}""", "appId")]
    [TestCase("""{"token_ttl":"60"}""", "token_ttl")]
    [TestCase("""{"token_ttl":0.5}""", "token_ttl")]
    [TestCase("""{"token_ttl":-1}""", "token_ttl")]
    [TestCase("""{"token_ttl":1e300}""", "token_ttl")]
    public void What_is_no_configuration_is_an_error_that_says_where(string json, string where) =>
        Assert.That(
            () => GithubAppConfig.Parse(json, Cipher),
            Throws.TypeOf<GithubAppConfigException>().With.Message.Contains(where)
        );

    [Test]
    public void A_lifetime_has_whole_seconds()
    {
        Assert.That(
            () => Config with { TokenTtl = TimeSpan.FromMilliseconds(1500) },
            Throws.TypeOf<ArgumentOutOfRangeException>()
        );
        Assert.That(
            () => Config with { TokenTtl = TimeSpan.FromSeconds(-1) },
            Throws.TypeOf<ArgumentOutOfRangeException>()
        );
    }

    [Test]
    public void An_integration_of_another_type_has_no_such_configuration()
    {
        Assert.That(
            GithubAppConfig.Of(Sample.Integration, Cipher),
            Is.EqualTo(new GithubAppConfig())
        );
        Assert.That(
            () => GithubAppConfig.Of(Sample.Integration with { Type = "telegram" }, Cipher),
            Throws.ArgumentException
        );
    }
}
