using System.Text.Json;
using Nitejar.Migrations.Cli.Output;

namespace Nitejar.Migrations.Cli.Tests;

public sealed class RedactorDefectTests
{
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
        var document = Cli.Output.JsonDocument.Write(json => json.WriteString("text", secret));

        Assert.That(
            JsonElement.Parse(redactor.Clean(document)).GetProperty("text").GetString(),
            Is.EqualTo("***")
        );
    }

    [TestCase("Password = c4n4ry;Host=h")]
    [TestCase("Password=\"a\"\"c4n4ry\";Host=h")]
    [TestCase("postgres://user:pass/c4n4ry@host/db")]
    [TestCase("postgres://user:pass c4n4ry@host/db")]
    public void A_password_is_taken_out(string text)
    {
        Assert.That(new Redactor().Clean(text), Does.Not.Contain("c4n4ry"));
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
}
