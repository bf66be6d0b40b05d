using Nitejar.Migrations.Cli.Configuration;

namespace Nitejar.Migrations.Cli.Tests;

public sealed class LiteralPasswordTests
{
    [TestCase("postgres://user:secret@host/db", "secret")]
    [TestCase("postgres://user:se@cr:et@host/db", "se@cr:et")]
    [TestCase("postgres://user:se/cret@host/db", "se/cret")]
    [TestCase("Host=h;Password=secret", "secret")]
    [TestCase("PWD = secret ; Host=h", "secret")]
    [TestCase("Host=h;Password=se=cret", "se=cret")]
    public void A_password_is_found(string connection, string password)
    {
        Assert.That(LiteralPassword.In(connection), Is.EqualTo(password));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("nitejar.db")]
    [TestCase("Data Source=password.db")]
    [TestCase("postgres://user@host:5432/db")]
    [TestCase("postgres://user:@host/db")]
    [TestCase("postgres://user:${SECRET}@host/db")]
    [TestCase("Host=h;Password=")]
    [TestCase("Host=h;Password=${SECRET}")]
    public void Elsewhere_there_is_none(string? connection)
    {
        Assert.That(LiteralPassword.In(connection), Is.Null);
    }
}
