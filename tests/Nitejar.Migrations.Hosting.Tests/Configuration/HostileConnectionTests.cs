using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Configuration;

public sealed class HostileConnectionTests
{
    [TestCase("Data Source=n.db;Default Timeout=c4n4ry")]
    [TestCase("Data Source=n.db;Default Timeout=99999999999")]
    [TestCase("Data Source=n.db;Pooling=c4n4ry")]
    [TestCase("Data Source=n.db;Foreign Keys=c4n4ry")]
    [TestCase("Data Source=n.db;Recursive Triggers=c4n4ry")]
    [TestCase("Data Source=n.db;Mode=99")]
    public void A_value_that_the_driver_does_not_understand_is_refused(string connection)
    {
        Assert.That(ErrorOf(connection), Does.Contain("is not an ADO.NET string"));
    }

    [TestCase("Data Source=file:n.db?mode=memory")]
    [TestCase("Data Source=file:n.db?mode=memory&cache=shared")]
    [TestCase("Data Source=file:n.db?cache=shared&mode=memory")]
    public void A_database_in_memory_is_refused_as_a_url_within_an_ado_string(string connection)
    {
        Assert.That(ErrorOf(connection), Does.Contain("in memory"));
    }

    [TestCase("sqlite://ada:c4n%2Fry@host/n.db")]
    [TestCase("sqlite://ada:c4n4ry@host/n.db")]
    public void A_url_with_a_user_is_refused_also_where_a_slash_is_escaped(string connection)
    {
        Assert.That(ErrorOf(connection), Does.Contain("names a user"));
    }

    [TestCase("Vfs=unix-none")]
    [TestCase("vfs=c4n4ry")]
    public void Another_way_to_lock_is_refused(string keyword)
    {
        Assert.That(ErrorOf($"Data Source=n.db;{keyword}"), Does.Contain("names a Vfs"));
    }

    [TestCase("vfs=unix-none")]
    [TestCase("cache=shared")]
    [TestCase("immutable=1")]
    [TestCase("nolock=1")]
    [TestCase("psow=0")]
    [TestCase("key=c4n4ry")]
    [TestCase("mode=rw&nolock=1")]
    [TestCase("nolock=1&mode=rw")]
    public void URL_parameters_that_change_locking_are_refused(string query)
    {
        Assert.That(ErrorOf($"file:n.db?{query}"), Does.Contain("URL parameter"));
        Assert.That(ErrorOf($"Data Source=file:n.db?{query}"), Does.Contain("URL parameter"));
    }

    /// <summary>They tune the driver for applications that share the string; the engine sets its own.</summary>
    [TestCase("Cache=Shared")]
    [TestCase("Cache=Private")]
    [TestCase("Pooling=True")]
    [TestCase("Default Timeout=0")]
    [TestCase("Foreign Keys=True")]
    [TestCase("Recursive Triggers=True")]
    public void Keywords_that_only_tune_the_driver_have_no_effect(string keyword)
    {
        var parser = new ConnectionParser("--connection", "/srv/app", TestProgram.Alone);

        Assert.That(
            parser.Parse($"Data Source=n.db;{keyword}"),
            Is.EqualTo(parser.Parse("Data Source=n.db")).UsingPropertiesComparer()
        );
    }

    [TestCase("c4n4ry\ufffd.db")]
    public void Bytes_that_are_no_text_are_refused(string connection)
    {
        Assert.That(ErrorOf(connection), Does.Contain("not UTF-8"));
    }

    [TestCase("sqlite:c4n4ry%0a.db")]
    [TestCase("file:c4n4ry%1b[31m.db")]
    [TestCase("c4n4ry\u007f.db")]
    [TestCase("c4n4ry\u009b31m.db")]
    public void Control_characters_are_refused(string connection)
    {
        Assert.That(ErrorOf(connection), Does.Contain("control characters"));
    }

    [TestCase("c4n4ry:rest")]
    [TestCase("c4n4ry://host/db")]
    public void An_unknown_scheme_could_be_a_secret_and_is_not_repeated(string connection)
    {
        Assert.That(ErrorOf(connection), Does.Contain("scheme"));
    }

    [TestCase("Data Source=n.db;c4n4ry=1")]
    [TestCase("Data Source=n.db;Mode=c4n4ry")]
    public void Verbose_does_not_repeat_the_text_either(string connection)
    {
        var outcome = Library.Host().Run("status", "-v", "-c", connection);

        Assert.That(outcome.Diagnostics, Does.Not.Contain("c4n4ry"));
    }

    private static string ErrorOf(string connection)
    {
        var refused = Refusals.Of(() =>
            new ConnectionParser("--connection", "/srv/app", TestProgram.Alone).Parse(connection)
        );
        Assert.That(refused.Message + refused.NextStep, Does.Not.Contain("c4n4ry"));
        return refused.Message;
    }
}
