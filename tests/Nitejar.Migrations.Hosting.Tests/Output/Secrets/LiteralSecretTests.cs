using Nitejar.Migrations.Hosting.Output.Secrets;

namespace Nitejar.Migrations.Hosting.Tests.Output.Secrets;

public sealed class LiteralSecretTests
{
    [TestCase("postgres://user:secret@host/db", "secret")]
    [TestCase("postgres://user:se@cr:et@host/db", "se@cr:et")]
    [TestCase("postgres://user:se/cret@host/db", "se/cret")]
    [TestCase("Host=h;Password=secret", "secret")]
    [TestCase("PWD = secret ; Host=h", "secret")]
    [TestCase("Host=h;Password=se=cret", "se=cret")]
    [TestCase("./x.db?authToken=secret", "secret")]
    [TestCase("sqlite:x.db;key=secret", "secret")]
    [TestCase("x?mode=ro&api_key=secret&a=b", "secret")]
    [TestCase("x.db;SslPassword=secret", "secret")]
    [TestCase("x.db;client_secret=secret", "secret")]
    [TestCase("x.db;PASSWD = secret", "secret")]
    [TestCase("x.db;pass=secret", "secret")]
    [TestCase("access_token: secret", "secret")]
    [TestCase("--password:secret", "secret")]
    [TestCase("{\"passphrase\": \"secret\"}", "secret")]
    [TestCase("//u:secret@h/db", "secret")]
    [TestCase("./u:secret@h/db", "secret")]
    [TestCase("u:secret@h", "secret")]
    [TestCase("sqlite:///u:secret@h/db", "secret")]
    [TestCase("C:\\u:secret@h", "secret")]
    [TestCase("${X:-secret}", "secret")]
    [TestCase("${X-secret}", "secret")]
    [TestCase("postgres://u:${X:-secret}@h", "secret")]
    [TestCase("${X:-secret", "secret")]
    public void A_secret_is_found(string connection, string password)
    {
        Assert.That(LiteralSecret.In(connection), Is.EqualTo(password));
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
    [TestCase("${SECRET}")]
    [TestCase("C:\\data\\a@b.db")]
    [TestCase("data/a@b.db")]
    [TestCase("Data Source=n.db;Foreign Keys=True")]
    [TestCase("postgres://host:5432/a@b")]
    public void Elsewhere_there_is_none(string? connection)
    {
        Assert.That(LiteralSecret.In(connection), Is.Null);
    }
}
