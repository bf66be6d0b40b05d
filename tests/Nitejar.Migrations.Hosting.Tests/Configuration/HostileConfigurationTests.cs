using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Configuration.Json;
using Nitejar.Migrations.Hosting.Configuration.Values;
using Nitejar.Migrations.Hosting.Output.Secrets;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Configuration;

public sealed class HostileConfigurationTests
{
    [TestCase("{\"$schema\": \"\\ud800\"}")]
    [TestCase("{\"\\ud800\": 1}")]
    [TestCase("{\"environments\":{\"\\udc00\":{}}}")]
    [TestCase("{\"environments\":{\"a\":{\"lockTimeout\":\"\\udc00\"}}}")]
    public void A_surrogate_without_its_other_half_is_told_with_a_place(string text)
    {
        RequirePlace(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Each @ stands for the byte 0xFF.</summary>
    [TestCase("{\"$schema\": \"@\"}")]
    [TestCase("{\"@\": 1}")]
    [TestCase("{\"environments\":{\"@\":{}}}")]
    public void Bytes_that_are_no_utf8_are_told_with_a_place(string text)
    {
        RequirePlace([.. Encoding.ASCII.GetBytes(text).Select(b => b == '@' ? (byte)0xff : b)]);
    }

    [Test]
    public void A_file_with_mutated_bytes_is_read_or_refused()
    {
        // The same each time, so that what makes it fail is a change, not chance.
        const int seed = 20260101;
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(MigrationsJsonReaderTests.Full);
            for (var times = random.Next(1, 4); times > 0; times--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                _ = new MigrationsJsonReader("m.json", bytes).Read();
            }
            catch (Exception e) when (e is not InvalidRequestException)
            {
                Assert.Fail($"seed {seed}, mutation {i}: {e}\n{Encoding.Latin1.GetString(bytes)}");
            }
            catch (InvalidRequestException e)
            {
                Assert.That(e.Message, Does.Match(@"^m\.json, line \d+, column \d+: "));
            }
        }
    }

    [TestCase("-Infinity")]
    [TestCase("-Infinitys")]
    [TestCase("5\0s")]
    public void What_is_no_duration_is_none(string text)
    {
        Assert.That(Durations.Parse(text), Is.Null);
    }

    [TestCase("up", "{\"environments\":{\"a\":{\"receiptDirectory\":\"x\\u0000y\"}}}")]
    [TestCase("new", "{\"migrationsDirectory\":\"x\\u0000y\"}")]
    [TestCase("up", "{\"environments\":{\"a\":{\"connection\":\"${X\\u0000}\"}}}")]
    [TestCase("up", "{\"\\u001b[31m\":1}")]
    public void Control_characters_in_the_file_are_exit_2_and_not_printed(
        string command,
        string config
    )
    {
        using var folder = new WorkingFolder();
        folder.Write("migrations.json", config);

        var outcome = Library
            .Host()
            .Run(command == "new" ? ["new", "AddTopics"] : [command, "-e", "a"]);

        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
            Assert.That(outcome.Diagnostics, Does.Not.Contain("\0").And.Not.Contain("\u001b"));
        });
    }

    [Test]
    public void A_blank_receipt_variable_counts_as_unset()
    {
        using var folder = new WorkingFolder();
        var host = Library.Host();
        host.Variables["MIGRATION_RECEIPT_PATH"] = " ";

        host.Run("up");

        Assert.That(
            Directory.GetFiles(folder.Path).Select(file => Path.GetFileName(file)),
            Is.EqualTo(["nitejar.db"])
        );
    }

    [TestCase("Host=h;Password=\"se;cret\";Database=d", "se;cret")]
    [TestCase("Host=h;Password='secret'", "secret")]
    public void A_quoted_password_is_found_without_its_quotes(string connection, string password)
    {
        Assert.That(LiteralSecret.In(connection), Is.EqualTo(password));
    }

    [TestCase("https://example.org/a:b@c")]
    [TestCase("postgres://user@host:5432/db?application_name=me@home")]
    public void An_at_sign_after_the_authority_makes_no_password(string connection)
    {
        Assert.That(LiteralSecret.In(connection), Is.Null);
    }

    private static void RequirePlace(byte[] content)
    {
        var refused = Refusals.Of(() => new MigrationsJsonReader("m.json", content).Read());

        Assert.That(refused.Message, Does.Match(@"^m\.json, line \d+, column \d+: "));
    }
}
