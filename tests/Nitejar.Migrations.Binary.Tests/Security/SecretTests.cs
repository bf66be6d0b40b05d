using System.Text;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Security;

/// <summary>A password appears nowhere, whatever becomes of the connection that holds it.</summary>
public sealed class SecretTests : WorkplaceTests
{
    private const string Plain = "k4nari+vogel?";
    private static readonly string UrlEncoded = Uri.EscapeDataString(Plain);
    private static readonly string[] Traces =
    [
        Plain,
        UrlEncoded,
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Plain)),
        "k4nari",
        Convert.ToBase64String("k4nari"u8),
    ];

    private static readonly string[] Connections =
    [
        $"postgres://user:{UrlEncoded}@localhost:1/nitejar",
        $"postgresql://user:{Plain}@localhost:1/nitejar?sslmode=require",
        $"postgres://localhost:1/nitejar?user=user&password={UrlEncoded}",
        $"mysql://user:{UrlEncoded}@localhost/nitejar",
        $"Host=localhost;Port=1;Username=user;Password={Plain};Database=nitejar",
        $"host=localhost;port=1;pwd={Plain}",
        $"Data Source=x.db;Password={Plain}",
        $"Data Source=x.db;Password={Plain};Speed=high",
        $"sqlite:x.db?password={UrlEncoded}",
        $"file:x.db?mode=rw&password={Plain}",
        $"./x.db?authToken={Plain}",
        $"sqlite:x.db;key={Plain}",
        $"//u:{Plain}@h/db",
        $"./u:{Plain}@h/db",
        $"u:{Plain}@h",
        $"{{'token': '{Plain}'}}",
    ];

    private static readonly string[][] Manners =
    [
        [],
        ["--verbose"],
        ["--json"],
        ["--json", "--verbose"],
    ];

    [Test]
    public void As_an_option([ValueSource(nameof(Connections))] string connection) =>
        Expect(ExitOf(connection), "up", "-c", connection);

    [Test]
    public void As_an_option_given_twice([ValueSource(nameof(Connections))] string connection) =>
        Expect(2, "up", "-c", connection, "-c", connection);

    [Test]
    public void Beside_a_usage_error([ValueSource(nameof(Connections))] string connection) =>
        Expect(2, "up", "-c", connection, "--bogus");

    [Test]
    public void As_an_argument_that_nobody_expects(
        [ValueSource(nameof(Connections))] string connection
    ) => Expect(2, "up", connection);

    [Test]
    public void In_a_connection_file([ValueSource(nameof(Connections))] string connection)
    {
        Place.Write("connection.txt", connection);

        Expect(ExitOf(connection), "up", "--connection-file", "connection.txt");
    }

    [Test]
    public void In_a_variable(
        [Values("DATABASE_URL", "NITEJAR_MIGRATE_CONNECTION")] string variable,
        [ValueSource(nameof(Connections))] string connection
    )
    {
        Place.Variables[variable] = connection;

        Expect(ExitOf(connection), "status");
    }

    [Test]
    public void In_a_configuration([ValueSource(nameof(Connections))] string connection)
    {
        WriteConfiguration(connection);

        Expect(ExitOf(connection), "down");
    }

    [Test]
    public void In_a_variable_that_a_configuration_refers_to()
    {
        Place.Variables["SECRET"] = Plain;
        WriteConfiguration("Host=localhost;Port=1;Username=user;Password=${SECRET}");

        Expect(7, "up");
    }

    [Test]
    public void In_an_environment_that_is_not_chosen_and_in_its_receipt()
    {
        WriteConfiguration($"Host=localhost;Password={Plain}");
        Place.Variables["MIGRATION_RECEIPT_PATH"] = Place["receipt.json"];

        Expect(0, "up", "-c", $"./{Plain}.db");

        var receipt = File.ReadAllText(Place["receipt.json"]);
        Assert.That(receipt, Does.Contain("***.db").And.Not.Contains("k4nari"));
    }

    [Test]
    public void A_literal_password_in_a_configuration_is_a_warning_that_does_not_repeat_it()
    {
        WriteConfiguration($"Host=localhost;Password={Plain}");

        var result = Place.Run("status", "-c", "x.db").Exits(0);

        Assert.That(result.Error, Does.Contain("literal secret").And.Contains("environment a"));
    }

    /// <summary>A server that does not answer; everything else is not a connection, a URL that is not escaped among it.</summary>
    private static int ExitOf(string connection) =>
        (
            connection.StartsWith("postgres", StringComparison.Ordinal)
            && connection.Contains(UrlEncoded, StringComparison.Ordinal)
        ) || connection.StartsWith("host", StringComparison.OrdinalIgnoreCase)
            ? 7
            : 2;

    private void WriteConfiguration(string connection) =>
        Place.Write(
            "migrations.json",
            $$"""{ "defaultEnvironment": "a", "environments": { "a": { "connection": "{{connection}}" } } }"""
        );

    private void Expect(int exitCode, params string[] arguments)
    {
        foreach (var manner in Manners)
        {
            var result = Place.Run([.. arguments, .. manner]).Exits(exitCode);
            foreach (var trace in Traces)
            {
                Assert.That(result.Output + result.Error, Does.Not.Contain(trace));
            }
        }
    }
}
