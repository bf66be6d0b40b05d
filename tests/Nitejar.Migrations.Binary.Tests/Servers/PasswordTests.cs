using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Servers;

/// <summary>Passwords from a command, a password file and a service file, none of which is ever shown.</summary>
public sealed class PasswordTests : WorkplaceTests
{
    private const string Password = "pa:ss\\w0rd-of-ada";

    private PostgresServer _server = null!;

    [OneTimeSetUp]
    public void StartServer()
    {
        _server = PostgresServer.Start(new PostgresServerSettings());
        _server.Administer($"CREATE ROLE ada LOGIN PASSWORD '{Password}'");
        File.WriteAllText(
            Path.Combine(_server.Host, "data", "pg_hba.conf"),
            "local all postgres trust\nlocal all all scram-sha-256\n"
        );
        _server.Administer("SELECT pg_reload_conf()");
    }

    [OneTimeTearDown]
    public void StopServer() => _server?.Dispose();

    [SetUp]
    public void WritePassword() => Place.Write("password", Password + "\n");

    [Test]
    public void A_command_prints_it() =>
        Succeeds("status", "-c", Connection, "--password-command", "cat password");

    /// <summary>The first is refused, as one is whose time is over.</summary>
    [Test]
    public void A_command_is_asked_again_for_one_that_the_server_refuses()
    {
        Place.Write(
            "once",
            "if [ -e asked ]; then cat password; else : > asked; echo no-longer; fi"
        );

        Succeeds("status", "-c", Connection, "--password-command", ". ./once");
    }

    [TestCase("exit 3", "ended with exit code 3")]
    [TestCase("kill -9 $$", "ended with exit code 137")]
    [TestCase("true", "printed no password")]
    public void A_command_that_gives_none_is_one_sentence(string command, string words) =>
        Assert.That(
            Fails(2, "status", "-c", Connection, "--password-command", command),
            Does.StartWith($"error: The command of --password-command {words}.\n")
        );

    [Test]
    public void A_wrong_one_is_not_shown()
    {
        const string wrong = "wrong-pa55word";

        var error = Fails(
            7,
            "up",
            "-c",
            Connection,
            "--password-command",
            $"echo {wrong}",
            "--verbose"
        );

        Assert.That(error, Does.Contain("password authentication failed").And.Not.Contain(wrong));
    }

    [TestCase("x.db", "names a file, and --password-command is for servers")]
    [TestCase(
        "Host=h;Password=of-ada",
        "has a password, and --password-command prints another one"
    )]
    public void A_command_beside_what_needs_none_is_refused(string connection, string words) =>
        Assert.That(
            Fails(2, "status", "-c", connection, "--password-command", "cat password"),
            Does.Contain(words)
        );

    [Test]
    public void A_password_file_has_it()
    {
        WritePasswordFile();
        Place.Variables["PGPASSFILE"] = Place["passfile"];

        Succeeds("status", "-c", Connection);
    }

    [TestCase("postgres:///?service=nitejar")]
    [TestCase("Service=nitejar")]
    [TestCase("postgres:///postgres", "PGSERVICE")]
    public void A_service_says_what_the_connection_leaves_out(
        string connection,
        string? variable = null
    )
    {
        WriteService($"password={Password}");
        Place.Variables["HOME"] = Place.Folder;
        Place.Variables["PGHOST"] = "nowhere.invalid";
        if (variable is not null)
        {
            Place.Variables[variable] = "nitejar";
        }

        Succeeds("status", "-c", connection);
    }

    [Test]
    public void A_service_names_a_password_file()
    {
        WritePasswordFile();
        WriteService($"passfile={Place["passfile"]}");
        Place.Variables["PGSERVICEFILE"] = Place[".pg_service.conf"];

        Succeeds("status", "-c", "Service=nitejar");
    }

    [TestCase("other", "names a service that is not in ")]
    [TestCase(
        "nitejar",
        "names a service with a parameter or a value of one that is not understood"
    )]
    public void A_service_that_says_nothing_is_one_sentence(string service, string words)
    {
        WriteService("no_such=1");
        Place.Variables["HOME"] = Place.Folder;

        Assert.That(
            Fails(2, "status", "-c", $"Service={service}"),
            Does.Contain($"--connection {words}")
        );
    }

    private string Connection => $"Host={_server.Host};Username=ada;Database=postgres";

    private void WritePasswordFile() =>
        Place.Write(
            "passfile",
            $"*:*:*:ada:{Password.Replace(@"\", @"\\", StringComparison.Ordinal).Replace(":", @"\:", StringComparison.Ordinal)}\n"
        );

    private void WriteService(string line) =>
        Place.Write(
            ".pg_service.conf",
            $"# ours\n[before]\nhost=elsewhere\n\n[nitejar]\nhost={_server.Host}\ndbname=postgres\nuser=ada\n{line}\n"
        );

    private void Succeeds(params string[] call)
    {
        var result = Place.Run([.. call, "--verbose"]).Exits(0);
        Assert.That($"{result.Output}{result.Error}", Does.Not.Contain(Password));
    }

    private string Fails(int code, params string[] call)
    {
        var result = Place.Run(call).Exits(code);
        Assert.That($"{result.Output}{result.Error}", Does.Not.Contain(Password));
        return result.Error;
    }
}
