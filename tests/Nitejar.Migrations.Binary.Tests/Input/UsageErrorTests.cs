using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Input;

/// <summary>Exit code 2: the command line or an environment variable is wrong, and nothing is touched.</summary>
public sealed class UsageErrorTests : WorkplaceTests
{
    [TestCase("--bogus", "up", "--bogus")]
    [TestCase("frobnicate", "frobnicate")]
    [TestCase("command", "script")]
    [TestCase("duration", "up", "--lock-timeout", "soon")]
    [TestCase("duration", "up", "--lock-timeout", "-1s")]
    [TestCase("duration", "up", "--timeout", "30d")]
    [TestCase("exclude", "up", "--to", Github, "--steps", "1")]
    [TestCase("exclude", "down", "--all", "--steps", "1")]
    [TestCase("exclude", "down", "--all", "--to", Core)]
    [TestCase("version", "up", "--to", "tomorrow")]
    [TestCase("20990101000000", "up", "--to", "20990101000000")]
    [TestCase("20990101000000", "script", "up", "--to", "20990101000000")]
    [TestCase("--steps", "up", "--steps", "0")]
    [TestCase("--steps", "redo", "--steps", "many")]
    [TestCase("oracle", "script", "up", "--provider", "oracle")]
    [TestCase("yaml", "schema", "--format", "yaml")]
    [TestCase("--connection", "up", "--connection")]
    [TestCase("needs a migrations.json", "up", "-e", "production")]
    [TestCase("none.json", "up", "--config", "none.json")]
    [TestCase("none.txt", "up", "--connection-file", "none.txt")]
    [TestCase("20990101000000", "up", "--accept-changed", "20990101000000")]
    public void A_wrong_command_line_is_named_and_nothing_is_touched(
        string named,
        params string[] arguments
    )
    {
        var result = Place.Run(arguments).Exits(2);

        Assert.That(result.Error, Does.StartWith("error: ").And.Contains(named));
        Assert.That(result.Error, Does.Contain("state:").And.Contains("next:"));
        Assert.That(result.Output, Is.Empty);
        Assert.That(Place.Files, Is.Empty);
    }

    [Test]
    public void A_version_that_is_not_applied_is_nothing_to_go_back_to()
    {
        Place.Run("up", "-c", "x.db").Exits(0);

        var result = Place.Run("down", "-c", "x.db", "--to", "20990101000000").Exits(2);

        Assert.That(result.Error, Does.Contain("20990101000000 is not applied"));
    }

    [TestCase("names no host", "postgres:///nitejar")]
    [TestCase("URL parameter", "postgres://user@localhost/nitejar?speed=high")]
    [TestCase("ADO.NET", "Host=localhost;Speed=high")]
    [TestCase("in memory", ":memory:")]
    [TestCase("in memory", "Data Source=:memory:")]
    [TestCase("in memory", "sqlite::memory:")]
    [TestCase("in memory", "file:x.db?mode=memory")]
    [TestCase("scheme", "mysql://user@localhost/nitejar")]
    [TestCase("ADO.NET", "Data Source=x.db;Speed=high")]
    [TestCase("Data Source", "Mode=ReadOnly")]
    [TestCase("empty", " ")]
    [TestCase("host", "file://elsewhere/x.db")]
    [TestCase("URL parameter", "sqlite:x.db?cache=shared")]
    public void A_connection_that_is_none_is_refused(string named, string connection)
    {
        var result = Place.Run("up", "-c", connection).Exits(2);

        Assert.That(result.Error, Does.Contain("--connection").And.Contains(named));
        Assert.That(Place.Files, Is.Empty);
    }

    [TestCase("gopher://garbage")]
    [TestCase("Data Source=x.db;Garbage=1")]
    [TestCase("x\u0007.db")]
    public void Garbage_in_DATABASE_URL_is_refused_by_name(string garbage)
    {
        Place.Variables["DATABASE_URL"] = garbage;

        var result = Place.Run("up").Exits(2);

        Assert.That(result.Error, Does.Contain("DATABASE_URL"));
        Assert.That(Place.Files, Is.Empty);
    }

    [Test]
    public void No_password_makes_an_encrypted_file()
    {
        var result = Place.Run("up", "-c", "Data Source=x.db;Password=secret").Exits(2);

        Assert.That(result.Error, Does.Contain("not supported"));
        Assert.That(Place.Files, Is.Empty);
    }
}
