using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Security;

/// <summary>A server's certificate is accepted for its root and its host only, and costs no look at those of the machine.</summary>
public sealed class TransportTests : WorkplaceTests
{
    private const string Store = "/certs";

    private TemporaryFolder _certificates = null!;
    private PostgresServer _server = null!;

    [OneTimeSetUp]
    public void StartServer()
    {
        _certificates = new TemporaryFolder();
        Root("root");
        Root("other");
        SignServer();
        _server = PostgresServer.Start(
            new PostgresServerSettings
            {
                ListensOnLoopback = true,
                Parameters = new Dictionary<string, string>
                {
                    ["listen_addresses"] = "127.0.0.1,127.0.0.2",
                },
            }
        );
        var data = Path.Combine(_server.Host, "data");
        foreach (var file in (string[])["server.crt", "server.key"])
        {
            File.Copy(_certificates[file], Path.Combine(data, file));
            Run("chown", $"--reference={data}", Path.Combine(data, file));
        }

        Run("chmod", "600", Path.Combine(data, "server.key"));
        _server.Administer("ALTER SYSTEM SET ssl = on");
        _server.Administer("SELECT pg_reload_conf()");
    }

    [OneTimeTearDown]
    public void StopServer()
    {
        _server?.Dispose();
        _certificates?.Dispose();
    }

    [Test]
    public void The_right_root_is_accepted() =>
        Status($"SSL Mode=VerifyFull;Root Certificate={_certificates["root.crt"]}").Exits(0);

    [Test]
    public void A_mode_without_a_check_is_accepted() => Status("SSL Mode=Require").Exits(0);

    [Test]
    public void Another_root_is_refused_in_words() =>
        Refuses($"SSL Mode=VerifyFull;Root Certificate={_certificates["other.crt"]}");

    [Test]
    public void A_root_that_this_machine_does_not_know_is_refused_in_words() =>
        Refuses("SSL Mode=VerifyFull");

    [Test]
    public void Another_host_is_refused_in_words() =>
        Refuses(
            $"SSL Mode=VerifyFull;Root Certificate={_certificates["root.crt"]}",
            host: "127.0.0.2"
        );

    [Test]
    public void A_list_of_revoked_certificates_that_cannot_be_had_is_refused_in_words() =>
        Refuses(
            $"SSL Mode=VerifyFull;Root Certificate={_certificates["root.crt"]};Check Certificate Revocation=true"
        );

    [TestCase("Require")]
    [TestCase("Prefer")]
    [TestCase("VerifyFull")]
    public void No_certificate_of_the_machine_is_read(string mode)
    {
        var root = mode == "VerifyFull" ? $";Root Certificate={_certificates["root.crt"]}" : "";
        var trace = Place["trace"];
        new Command(
            Programs.Require("strace"),
            Place.Folder,
            "-f",
            "-o",
            trace,
            "-e",
            "trace=openat",
            PublishedBinary.ProgramFile,
            "status",
            "-c",
            Connection($"SSL Mode={mode}{root}")
        )
            .Run()
            .Exits(0);

        var opened = File.ReadAllLines(trace);
        Assert.That(opened, Has.Some.Contains("libssl"), "it was a handshake");
        Assert.That(opened, Has.None.Contains(Store));
    }

    private void Refuses(string words, string host = "127.0.0.1") =>
        Assert.That(
            Status(words, host).Exits(7).Error,
            Does.Contain("is not trusted").And.Contain("Root Certificate=")
        );

    private CommandResult Status(string words, string host = "127.0.0.1") =>
        Place.Run("status", "-c", Connection(words, host));

    private string Connection(string words, string host = "127.0.0.1") =>
        $"Host={host};Port={_server.Port};Username=postgres;Database=postgres;{words}";

    private void Root(string name) =>
        Openssl([
            "req",
            "-x509",
            "-days",
            "30",
            "-subj",
            $"/CN={name}",
            "-out",
            $"{name}.crt",
            .. Key(name),
        ]);

    /// <summary>It names an address for its root, which nothing may be fetched from.</summary>
    private void SignServer()
    {
        Openssl(["req", "-subj", "/CN=server", "-out", "server.csr", .. Key("server")]);
        File.WriteAllText(
            _certificates["extensions"],
            "subjectAltName=IP:127.0.0.1\nauthorityInfoAccess=caIssuers;URI:http://127.0.0.1:9/root.crt\n"
        );
        string[] root = ["-CA", "root.crt", "-CAkey", "root.key", "-CAcreateserial"];
        string[] request = ["-in", "server.csr", "-extfile", "extensions"];
        Openssl(["x509", "-req", "-days", "30", "-out", "server.crt", .. root, .. request]);
    }

    private static string[] Key(string name) =>
        ["-newkey", "rsa:2048", "-nodes", "-keyout", $"{name}.key"];

    private void Openssl(params string[] arguments) => Run("openssl", arguments);

    private void Run(string program, params string[] arguments) =>
        new Command(Programs.Require(program), _certificates.Path, arguments).Run().Exits(0);
}
