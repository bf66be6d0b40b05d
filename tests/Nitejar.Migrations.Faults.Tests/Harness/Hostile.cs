using System.Text;

namespace Nitejar.Migrations.Faults.Tests.Harness;

/// <summary>Makes input that nobody means well with.</summary>
internal static class Hostile
{
    private static readonly string[] Words =
    [
        "up",
        "down",
        "redo",
        "status",
        "script",
        "schema",
        "history",
        "new",
        "-c",
        "--connection",
        "--connection-file",
        "--config",
        "-e",
        "--to",
        "--steps",
        "--all",
        "--yes",
        "--dry-run",
        "--json",
        "-q",
        "-v",
        "--lock-timeout",
        "--timeout",
        "--",
        "-",
        "@response",
        "[suggest]",
        "x.db",
        "20240101000000",
    ];

    private static readonly string[] Pieces =
    [
        "'; DROP TABLE agents; --",
        "\"",
        "$(id)",
        "`id`",
        "${HOME}",
        "%00",
        "%s%n",
        "{0}",
        "\u0007",
        "\u001b[31m",
        "\r\n",
        "\u202e",
        "\ud83d\ude00",
        "ü",
        "../../etc/passwd",
        "\\\\host\\share",
        "-1",
        "9223372036854775808",
        "1e999",
        "NaN",
        "null",
        "=",
        ";",
        "//",
        "://",
        "@",
        "#",
        "?",
    ];

    private static readonly string[] Connections =
    [
        "Data Source=",
        "Data Source=x.db;",
        "Filename=",
        "Host=localhost;",
        "postgres://",
        "postgresql://u:p@localhost:1/",
        "sqlite:",
        "sqlite://",
        "file:",
        "file:///",
        "mysql://",
        "Mode=",
        "Cache=Shared;",
        "Password=",
        ":memory:",
        "?mode=memory&cache=shared",
        "?vfs=unix-none",
        "?immutable=1",
        "x.db",
    ];

    private const string Configured = """
        {
          "$schema": "./migrations.schema.json",
          "migrationsDirectory": "src",
          "defaultEnvironment": "a",
          "environments": {
            "a": { "connection": "none/x.db", "lockTimeout": "5s", "allowDown": true, "receiptDirectory": "receipts" },
            "b": { "connection": "${SECRET}" }
          }
        }
        """;

    /// <summary>A word that no option takes for its value.</summary>
    public static string Word(Random random) =>
        random.Next(20) == 0
            ? new string((char)random.Next('a', 'z'), random.Next(1, 20_000))
            : string.Concat(
                Enumerable.Range(0, random.Next(1, 5)).Select(_ => Pick(Pieces, random))
            );

    public static List<string> Arguments(Random random) =>
        [
            .. Enumerable
                .Range(0, random.Next(1, 8))
                .Select(_ => random.Next(3) == 0 ? Word(random) : Pick(Words, random))
                .Where(argument => argument != "--"),
        ];

    public static string Command(Random random) =>
        Pick(["up", "down", "redo", "status", "schema", "history", "script", "new"], random);

    public static string Connection(Random random) =>
        Pick(Connections, random)
        + (random.Next(2) == 0 ? Word(random) : "")
        + (random.Next(2) == 0 ? Pick(Connections, random) : "");

    public static byte[] Configuration(Random random)
    {
        if (random.Next(10) == 0)
        {
            var garbage = new byte[random.Next(5000)];
            random.NextBytes(garbage);
            return garbage;
        }

        if (random.Next(10) == 0)
        {
            return Encoding.UTF8.GetBytes(new string('[', random.Next(1, 100_000)));
        }

        var text = new StringBuilder(Configured);
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(text.Length);
            _ = random.Next(3) switch
            {
                0 => text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at)),
                1 => text.Insert(at, Word(random)),
                _ => text.Insert(at, text.ToString(random.Next(text.Length), 1)),
            };
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Pick(string[] from, Random random) => from[random.Next(from.Length)];
}
