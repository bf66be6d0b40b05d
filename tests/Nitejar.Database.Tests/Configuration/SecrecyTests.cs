using System.Globalization;
using System.Text.Json;
using LinqToDB;
using LinqToDB.Async;
using Nitejar.Database.Configuration;
using Nitejar.Database.Tests.Databases;
using Nitejar.Database.Tests.Github;
using Nitejar.Database.Tests.Rows;

namespace Nitejar.Database.Tests.Configuration;

/// <summary>A secret does not get into texts, logs or errors.</summary>
public sealed class SecrecyTests
{
    private const string Canary = "canary-7f3a";
    private static readonly ConfigCipher Cipher = new(new string('k', 32));

    private static readonly GithubAppConfig Config = new()
    {
        AppId = "12345",
        ClientSecret = new Secret(Canary),
        WebhookSecret = new Secret(Canary),
        PrivateKey = new Secret(Canary),
    };

    [Test]
    public void Texts_and_serializers_leave_secrets_out()
    {
        string[] texts =
        [
            Config.ToString(),
            string.Create(CultureInfo.InvariantCulture, $"{Config.PrivateKey}"),
            JsonSerializer.Serialize(Config),
            Config.ToJson(Cipher),
            GithubAppConfig.Parse($$"""{"webhookSecret":"{{Canary}}"}""", Cipher).ToString(),
            (Sample.Integration with { Config = Canary }).ToString(),
            (Sample.Agent with { Config = Canary }).ToString(),
        ];

        Assert.That(texts, Has.None.Contains(Canary));
        Assert.That(texts[0], Does.Contain("12345").And.Contain("PrivateKey = (hidden)"));
        Assert.That(texts[5], Does.Contain(Sample.Integration.Id).And.Contain("Config = (hidden)"));
    }

    [TestCase("""{"clientSecret":canary-7f3a}""")]
    [TestCase("""{"clientSecret":"canary-7f3a""")]
    [TestCase("""{"clientSecret":"canary-7f3a\x"}""")]
    [TestCase("""{"clientSecret":["canary-7f3a"]}""")]
    [TestCase("""{"clientSecret":"enc:canary-7f3a"}""")]
    [TestCase("""{"clientSecret":"canary-7f3a","token_ttl":"canary-7f3a"}""")]
    [TestCase("""{"canary-7f3a":1,"canary-7f3a":2}""")]
    [TestCase("\"canary-7f3a\"")]
    public void Errors_leave_secrets_out(string json)
    {
        var error = Assert.Catch(() => GithubAppConfig.Parse(json, Cipher))!;

        Assert.That(
            error,
            Is.TypeOf<GithubAppConfigException>().Or.TypeOf<ConfigCipherException>()
        );
        Assert.That(error.ToString(), Does.Not.Contain(Canary));
    }

    [Test]
    public async Task A_log_of_every_statement_leaves_secrets_out()
    {
        using var file = new SqliteTestDatabase();
        var statements = new Statements();
        using var database = new NitejarDatabase(statements.ListenTo(file.Options));

        await database.InsertAsync(Sample.Integration with { Config = Config.ToJson(Cipher) });
        var row = await database.Integrations.SingleAsync();

        Assert.That(GithubAppConfig.Of(row, Cipher).PrivateKey, Is.EqualTo(new Secret(Canary)));
        Assert.That(statements.Texts, Has.Some.Contains("enc:"));
        Assert.That(statements.Texts, Has.None.Contains(Canary));
    }
}
