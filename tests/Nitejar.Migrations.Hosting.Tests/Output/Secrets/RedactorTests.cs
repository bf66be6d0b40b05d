using System.Text.Json;
using Nitejar.Migrations.Hosting.Output.Formats;
using Nitejar.Migrations.Hosting.Output.Secrets;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Output.Secrets;

public sealed class RedactorTests
{
    private const string Secret = "p@ss?w/ü+rd~";

    [TestCase("plain", "p@ss?w/ü+rd~")]
    [TestCase("URL-encoded", "p%40ss%3Fw%2F%C3%BC%2Brd~")]
    [TestCase("URL-encoded in lower case", "p%40ss%3fw%2f%c3%bc%2brd~")]
    [TestCase("base64", "cEBzcz93L8O8K3Jkfg==")]
    [TestCase("base64url", "cEBzcz93L8O8K3Jkfg")]
    public void A_known_secret_is_taken_out_in_each_form(string form, string written)
    {
        var redactor = RedactorOf(Secret);

        Assert.That(redactor.Clean($"<{written}|{written}>"), Is.EqualTo("<***|***>"), form);
    }

    [TestCase("", "")]
    [TestCase("u", "@h")]
    [TestCase("u:", "@host")]
    [TestCase("user:", "")]
    [TestCase("üser", "?")]
    public void Within_something_longer_in_base64_next_to_nothing_is_left(
        string before,
        string behind
    )
    {
        var whole = Convert.ToBase64String(Encoding.UTF8.GetBytes(before + Secret + behind));
        var cleaned = RedactorOf(Secret).Clean(whole);

        // At each end, a character may hold some bits of the secret's.
        Assert.That(
            cleaned.Length,
            Is.LessThanOrEqualTo((before.Length + behind.Length) * 2 + 8),
            cleaned
        );
        Assert.That(cleaned, Does.Contain("***"));
    }

    [Test]
    public void Base64_and_base64url_differ_where_the_alphabets_do()
    {
        // The bytes 0xfb 0xff as UTF-8 text do not exist, but these characters meet both digits that differ.
        var redactor = RedactorOf("ooo???~~~");

        Assert.Multiple(() =>
        {
            Assert.That(redactor.Clean("b29vPz8/fn5+"), Is.EqualTo("***"));
            Assert.That(redactor.Clean("b29vPz8_fn5-"), Is.EqualTo("***"));
        });
    }

    [TestCase("abc", "abcdef")]
    [TestCase("abcdef", "abc")]
    [TestCase("def", "abcdef")]
    public void A_secret_within_another_leaves_nothing_of_the_longer_one(string one, string other)
    {
        Assert.That(RedactorOf(one, other).Clean("x abcdef y"), Is.EqualTo("x *** y"));
    }

    [TestCase(null)]
    [TestCase("")]
    public void No_secret_changes_nothing(string? secret)
    {
        Assert.That(RedactorOf(secret).Clean("a text"), Is.EqualTo("a text"));
    }

    [TestCase("postgres://user:c4n4ry@host/db", "postgres://user:***@host/db")]
    [TestCase("postgres://user:c4@n4@ry@host/db", "postgres://user:***@host/db")]
    [TestCase("postgres://user:c4:n4:ry@host:5432/db", "postgres://user:***@host:5432/db")]
    [TestCase("postgres://:c4n4ry@host", "postgres://:***@host")]
    [TestCase("postgres://user:pass/c4n4ry@host/db", "postgres://user:***@host/db")]
    [TestCase("postgres://user:pass c4n4ry@host/db", "postgres://user:***@host/db")]
    [TestCase("postgres://user:@host/db", "postgres://user:@host/db")]
    [TestCase("--connection=postgres://user:c4n4ry@host", "--connection=postgres://user:***@host")]
    [TestCase("Host=h;Password=c4n4ry;Database=d", "Host=h;Password=***;Database=d")]
    [TestCase("Host=h;PWD=c4n4ry", "Host=h;PWD=***")]
    [TestCase("Password = c4n4ry;Host=h", "Password = ***;Host=h")]
    [TestCase("Password=\"c4;n4'ry\";Host=h", "Password=\"***\";Host=h")]
    [TestCase("Password=\"a\"\"c4n4ry\";Host=h", "Password=\"***\";Host=h")]
    [TestCase("password='c4;n4\"ry';Host=h", "password='***';Host=h")]
    [TestCase("Password=\"c4n4ry", "Password=\"***")]
    [TestCase("SSL Password=c4n4ry1;Password=c4n4ry2", "SSL Password=***;Password=***")]
    [TestCase("sqlite:n.db?password=c4n4ry&mode=ro", "sqlite:n.db?password=***&mode=ro")]
    [TestCase("Password=c4n4ry\nnext line", "Password=***\nnext line")]
    [TestCase("Password=", "Password=")]
    public void The_password_of_a_connection_is_known_from_then_on(string text, string cleaned)
    {
        var redactor = new Redactor();
        redactor.AddFrom(text);

        Assert.That(redactor.Clean(text), Is.EqualTo(cleaned));
    }

    [TestCase("UPDATE users SET password=upper(password) WHERE id = 1;")]
    [TestCase("postgres://user:never-heard-of@host/db")]
    public void What_nobody_gave_is_not_guessed(string text)
    {
        Assert.That(RedactorOf("c4n4ry").Clean(text), Is.EqualTo(text));
    }

    [TestCase("")]
    [TestCase("CREATE TABLE books (id INTEGER PRIMARY KEY, password TEXT);\n")]
    [TestCase("https://example.org/a:b@c")]
    [TestCase("postgres://user@host:5432/db")]
    [TestCase("://")]
    [TestCase("mail someone@example.org: now")]
    [TestCase("Data Source=n.db;Mode=ReadOnly")]
    public void A_text_without_secrets_stays_as_it_is(string text)
    {
        Assert.That(RedactorOf("c4n4ry").Clean(text), Is.EqualTo(text));
    }

    [TestCase("Password=c4n4ry")]
    [TestCase("pwd=c4n4ry")]
    public void A_document_stays_one_when_a_password_is_taken_out(string argument)
    {
        var outcome = Library.Host().Run("up", argument, "--json");

        Assert.Multiple(() =>
        {
            Assert.That(outcome.ToString(), Does.Not.Contain("c4n4ry"));
            Assert.That(() => JsonElement.Parse(outcome.Answer), Throws.Nothing, outcome.Answer);
        });
    }

    [TestCase("c4n\"4ry")]
    [TestCase("c4n\\4ry")]
    [TestCase("c4n\t4ry")]
    public void A_secret_is_found_in_its_json_form(string secret)
    {
        var redactor = new Redactor();
        redactor.Add(secret);
        var document = JsonText.Write(schemaVersion: 1, json => json.WriteString("text", secret));

        Assert.That(
            JsonElement.Parse(redactor.Clean(document)).GetProperty("text").GetString(),
            Is.EqualTo("***")
        );
    }

    [Test]
    public void Secrets_that_overlap_leave_nothing_of_either()
    {
        var redactor = new Redactor();
        redactor.Add("abcd");
        redactor.Add("cdefg");

        Assert.That(redactor.Clean("<abcdefg>"), Does.Match(@"^<\*+>$"));
    }

    [Test]
    public void The_sql_of_a_migration_is_shown_as_it_is_executed()
    {
        var outcome = new Host(Library.Password).Run("script", "up");

        Assert.That(outcome.Answer, Does.Contain("SET password=upper(password) WHERE id = 1;"));
    }

    private static Redactor RedactorOf(params string?[] secrets)
    {
        var redactor = new Redactor();
        foreach (var secret in secrets)
        {
            redactor.Add(secret);
        }

        return redactor;
    }
}
