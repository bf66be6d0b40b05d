using LinqToDB;
using LinqToDB.Async;
using Nitejar.Database.Configuration;
using Nitejar.Database.Github;
using Nitejar.Database.Tests.Databases;
using Nitejar.Database.Tests.Rows;

namespace Nitejar.Database.Tests.Node;

/// <summary>Rows that Node wrote with better-sqlite3 are read here, and the reverse.</summary>
public sealed class NodeRowTests : DatabaseTests<SqliteTestDatabase>
{
    private const string Key = "0123456789abcdefghijklmnopqrstuv";
    private const string Pem =
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n";

    /// <summary>More than 32 bits, and the most that JavaScript tells exactly.</summary>
    private const long InstallationId = 5_000_000_001;
    private const long RepoId = 9_007_199_254_740_991;

    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(1714564800);
    private readonly ConfigCipher _cipher = new(Key);

    private string File => ((SqliteTestDatabase)Database).Path;

    [Test]
    public async Task What_Node_wrote_is_read_here()
    {
        NodeScript.Run(
            new
            {
                @do = "writeRows",
                path = File,
                key = Key,
                config = new
                {
                    appId = 12345,
                    clientId = "Iv1.0",
                    clientSecret = "client-ø",
                    webhookSecret = "hook",
                    privateKey = Pem,
                    permissions_preset = "robust",
                    token_ttl = 3600,
                    later = new[] { 1, 2 },
                },
                integration = new
                {
                    id = "i-1",
                    type = "github",
                    name = "GitHub ✓",
                    enabled = 0,
                    created_at = 1714564800,
                    updated_at = 1714564800,
                },
                agent = new { id = "a-1", name = "Ada" },
                installation = new
                {
                    installation_id = InstallationId,
                    account_login = "nitejar",
                    account_id = 6_000_000_001,
                },
                repo = new { repo_id = RepoId, full_name = "nitejar/nitejar" },
                capabilities = new[] { "read_repo", "teleport" },
            }
        );

        var integration = await Db.Integrations.SingleAsync();
        var installation = await Db.GithubInstallations.SingleAsync();
        var repo = await Db.GithubRepos.SingleAsync();
        var config = GithubAppConfig.Of(integration, _cipher);
        Assert.That(
            (integration.Name, integration.Scope, integration.Enabled, integration.CreatedAt),
            Is.EqualTo(("GitHub ✓", "global", false, Time))
        );
        Assert.That(
            (installation.InstallationId, installation.AccountId),
            Is.EqualTo((InstallationId, 6_000_000_001))
        );
        Assert.That(
            (repo.RepoId, repo.InstallationId, repo.HtmlUrl),
            Is.EqualTo((RepoId, installation.Id, default(string)))
        );
        Assert.That(
            repo.CreatedAt,
            Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(5))
        );
        Assert.That(
            (config.AppId, config.ClientSecret?.Reveal(), config.PrivateKey?.Reveal()),
            Is.EqualTo(("12345", "client-ø", Pem))
        );
        Assert.That(config.PermissionsPreset, Is.EqualTo(PermissionsPreset.Robust));
        Assert.That(config.TokenTtl, Is.EqualTo(TimeSpan.FromHours(1)));
        Assert.That(
            await new CapabilityGrants(Db).OfAsync("a-1", RepoId),
            Is.EqualTo(new[] { RepoCapability.ReadRepo, new RepoCapability("teleport") })
        );
    }

    [Test]
    public async Task What_is_written_here_Node_reads()
    {
        var config = new GithubAppConfig
        {
            AppId = "12345",
            ClientSecret = new Secret("client-ø"),
            WebhookSecret = new Secret("hook"),
            PrivateKey = new Secret(Pem),
            TokenTtl = TimeSpan.FromMinutes(30),
        };
        await Db.InsertAsync(
            Sample.Integration with
            {
                Config = config.ToJson(_cipher),
                CreatedAt = Time,
            }
        );
        await Db.InsertAsync(Sample.Agent);
        await new InstallationWriter(Db).UpsertAsync(
            new InstallationReport
            {
                IntegrationId = Sample.Integration.Id,
                InstallationId = InstallationId,
                Repositories = [new(RepoId, "nitejar/nitejar")],
            }
        );
        await new CapabilityGrants(Db).GrantAsync(Sample.Agent.Id, RepoId, [RepoCapability.OpenPr]);

        var rows = NodeScript.Run(
            new
            {
                @do = "readRows",
                path = File,
                key = Key,
            }
        );

        var read = rows.GetProperty("config");
        Assert.That(
            read.EnumerateObject().Select(field => (field.Name, field.Value.ToString())),
            Is.EqualTo(
                new[]
                {
                    ("appId", "12345"),
                    ("clientSecret", "client-ø"),
                    ("webhookSecret", "hook"),
                    ("privateKey", Pem),
                    ("token_ttl", "1800"),
                }
            )
        );
        var integration = rows.GetProperty("integration");
        Assert.That(integration.GetProperty("enabled").GetInt32(), Is.EqualTo(1));
        Assert.That(integration.GetProperty("created_at").GetInt64(), Is.EqualTo(1714564800));
        Assert.That(rows.GetProperty("repo").GetProperty("repo_id").GetInt64(), Is.EqualTo(RepoId));
        Assert.That(rows.GetProperty("capabilities").ToString(), Is.EqualTo("[\"open_pr\"]"));
    }
}
