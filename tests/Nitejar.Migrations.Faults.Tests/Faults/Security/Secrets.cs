using System.Text;
using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Security;

/// <summary>A password is in nothing that leaves the program, whichever way it came in.</summary>
public sealed class Secrets : FaultTests
{
    private const string Canary = "k4nari+vogel?&ü";
    private const string Stem = "k4nari";
    private static readonly string Encoded = Uri.EscapeDataString(Canary);

    private static readonly string[] Traces =
    [
        Stem,
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Canary)),
        Convert
            .ToBase64String(Encoding.UTF8.GetBytes(Canary))
            .TrimEnd('=')
            .Replace('+', '-')
            .Replace('/', '_'),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Stem)),
    ];

    private static readonly string[] Connections =
    [
        $"postgres://user:{Encoded}@localhost:1/nitejar",
        $"postgresql://localhost:1/nitejar?user=u&password={Encoded}",
        $"Host=localhost;Port=1;Username=user;Password={Canary}",
        $"Data Source=x.db;Password={Canary}",
        $"sqlite:x.db?password={Encoded}",
        $"mysql://user:{Encoded}@localhost/nitejar",
        $"Data Source=x.db;Password='{Canary}';Speed=high",
        $"postgres://user:{Stem}#1/2?3@localhost:1/nitejar",
        $"postgres://user:a/b?c#{Stem}@localhost:1/nitejar",
        $"Host=localhost;Port=1;Password=\"1;2''{Stem}\";Username=user",
    ];

    /// <summary>Names of secrets that no driver knows, and connections that have lost a part.</summary>
    private static readonly string[] Forms =
    [
        $"./x.db?authToken={Canary}",
        $"sqlite:x.db;key={Encoded}",
        $"x.db;client_secret={Canary}",
        $"./x.db;passwd:{Canary}",
        $"//user:{Canary}@localhost/nitejar",
        $"./user:{Canary}@localhost/nitejar",
        $"user:{Canary}@localhost",
        $"sqlite:///user:{Encoded}@localhost/nitejar",
    ];

    /// <summary>What is nothing but a secret, or a call that holds one where a name should be.</summary>
    private static readonly string[][] Misplaced =
    [
        ["up", "--connection-file", $"user:{Canary}@localhost"],
        ["up", $"--password:{Canary}"],
        ["up", $"--token={Canary}"],
        ["up", $"-p{Canary}"],
        ["up", "-e", Canary],
        ["up", "-e", Stem],
        ["up", Stem],
        [Stem],
        ["script", "up", "--provider", Stem],
        ["up", "--connection-file", "token.txt"],
        ["up", "--config", "default.json"],
        ["up", "-e", "token"],
    ];

    /// <summary>What stands where a configuration has another value, or where it is cut off.</summary>
    private static readonly string[] Configurations =
    [
        $$$"""{ "environments": { "a": { "password": "{{{Stem}}}" } } }""",
        $$$"""{ "environments": { "a": { "lockTimeout": "{{{Stem}}}" } } }""",
        $$$"""{ "environments": { "a": { "allowDown": "{{{Stem}}}" } } }""",
        $$$"""{ "environments": { "a": { "connection": ["{{{Stem}}}"] } } }""",
        $$$"""{ "environments": { "a": { "connection": "{{{Stem}}}""",
        $$$"""{ "environments": "{{{Stem}}}" }""",
        $$$"""{ "defaultEnvironment": "{{{Stem}}}" }""",
        $"\"{Stem}\"",
        Stem,
    ];

    private static readonly string[][] Manners =
    [
        [],
        ["--verbose"],
        ["--json"],
        ["--json", "--verbose"],
    ];

    [Test]
    public void In_every_kind_of_connection_and_source() => CheckConnections(Rig);

    [Test]
    public void In_what_only_looks_like_a_connection() => CheckForms(Rig);

    [Test]
    public void Where_a_name_was_expected() => CheckMisplaced(Rig);

    [Test]
    public void In_a_configuration_that_is_wrong() => CheckConfigurations(Rig);

    [Test]
    public void In_a_receipt_and_its_name() => CheckReceipt(Rig);

    [Test]
    public void In_the_title_of_the_process() => CheckTitle(Rig);

    internal static void CheckConnections(Rig rig) => CheckEachSource(rig, Connections);

    internal static void CheckForms(Rig rig) => CheckEachSource(rig, Forms);

    /// <summary>Each is refused, and no database gets the name of a secret.</summary>
    internal static void CheckMisplaced(Rig rig)
    {
        var cases =
            from call in Misplaced
            from manner in rig.Sample(Manners, new SampleSize(1, 100, 100))
            select (string[])[.. call, .. manner];
        Rig.Each(
            cases,
            call =>
            {
                using var site = rig.NewSite();
                File.WriteAllText(site["token.txt"], Stem);
                site.Variables["TOKEN"] = Stem;
                File.WriteAllText(
                    site["migrations.json"],
                    """{ "environments": { "token": { "connection": "${TOKEN}" } } }"""
                );

                // Apart, since what is written there is known from then on.
                File.WriteAllText(
                    site["default.json"],
                    $$$"""
                    { "defaultEnvironment": "a", "environments": {
                        "a": { "connection": "${X:-{{{Stem}}}}" } } }
                    """
                );
                var result = site.Run(call).RequireExit(2);
                RequireNoTrace(site, result with { CommandLine = "" });
            }
        );
    }

    internal static void CheckConfigurations(Rig rig)
    {
        foreach (
            var (text, manner) in from text in Configurations
            from manner in Manners
            select (text, manner)
        )
        {
            using var site = rig.NewSite();
            File.WriteAllText(site["migrations.json"], text);

            var result = site.Run(["up", "--dry-run", .. manner]).RequireExit(2);

            RequireNoTrace(site, result);
        }
    }

    private static void CheckEachSource(Rig rig, string[] connections)
    {
        var cases =
            from connection in rig.Sample(connections, new SampleSize(2, 100, 100))
            from manner in rig.Sample(Manners, new SampleSize(2, 100, 100))
            from source in (string[])
                [
                    "argument",
                    "option",
                    "file",
                    "file name",
                    "variable",
                    "configuration",
                    "reference",
                ]
            select (connection, manner, source);
        Rig.Each(
            cases,
            one =>
            {
                using var site = rig.NewSite();
                site.Variables["MIGRATION_RECEIPT_PATH"] = site["receipt.json"];
                string[] arguments =
                [
                    "up",
                    "--lock-timeout",
                    "0",
                    .. one.manner,
                    .. Give(site, one.source, one.connection),
                ];
                var result = site.Run(arguments).RequireNoCrash();
                RequireNoTrace(site, result with { CommandLine = "" });
            }
        );
    }

    /// <summary>The password of an environment that is not used is part of the name of the database that is.</summary>
    internal static void CheckReceipt(Rig rig)
    {
        using var site = rig.NewSite();
        File.WriteAllText(
            site["migrations.json"],
            $$"""
            { "defaultEnvironment": "a", "environments": {
                "a": { "connection": "Host=localhost;Password={{Stem}}", "receiptDirectory": "receipts" } } }
            """
        );
        var result = site.Run("up", "-c", $"./{Stem}.db").RequireExit(0);
        RequireNoTraceIn(result.Output + result.Error, "what was printed");
        foreach (var receipt in Directory.GetFiles(site["receipts"]))
        {
            RequireNoTraceIn(receipt, "the name of the receipt");
            RequireNoTraceIn(File.ReadAllText(receipt), "the receipt");
        }
    }

    internal static void CheckTitle(Rig rig)
    {
        using var site = rig.NewSite();
        site.Place(Samples.WithCore(JournalMode.Delete));
        site.Variables["SECRET"] = Canary;
        File.WriteAllText(site["connection.txt"], "Data Source=x.db");
        File.WriteAllText(
            site["migrations.json"],
            """{ "environments": { "a": { "connection": "Host=localhost;Password=${SECRET}" } } }"""
        );
        using var holder = site.Open();
        holder.Run("BEGIN IMMEDIATE");
        using var run = site.Start("up", "--connection-file", "connection.txt");
        run.WaitForErrorLine("waiting for the lock").GetAwaiter().GetResult();

        var tasks = Directory.GetDirectories($"/proc/{run.Id}/task");
        RequireNoTraceIn(File.ReadAllText($"/proc/{run.Id}/cmdline"), "the title");
        foreach (var name in tasks.Select(NameOf))
        {
            RequireNoTraceIn(name, "the name of a thread");
        }

        run.Signal("TERM");
        RequireNoTrace(site, run.WaitForEnd());
    }

    /// <summary>A thread that has ended since has none.</summary>
    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText($"{task}/comm");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static string[] Give(Site site, string source, string connection)
    {
        switch (source)
        {
            case "argument":
                return [connection];
            case "option":
                return ["-c", connection];
            case "file":
                File.WriteAllText(site.Outside("connection.txt"), connection);
                return ["--connection-file", site.Outside("connection.txt")];
            case "file name":
                return ["--connection-file", connection];
            case "variable":
                site.Variables["DATABASE_URL"] = connection;
                return [];
            case "configuration":
                WriteConfiguration(site, connection);
                return ["--config", site.Outside("c.json")];
            default:
                site.Variables["CONNECTION"] = connection;
                WriteConfiguration(site, "${CONNECTION}");
                return ["--config", site.Outside("c.json")];
        }
    }

    private static void WriteConfiguration(Site site, string connection) =>
        File.WriteAllText(
            site.Outside("c.json"),
            $$"""{ "defaultEnvironment": "a", "environments": { "a": { "connection": "{{connection}}" } } }"""
        );

    private static void RequireNoTrace(Site site, CommandResult result)
    {
        RequireNoTraceIn(result.Output, "stdout");
        RequireNoTraceIn(result.Error, "stderr");
        foreach (var file in site.Files)
        {
            RequireNoTraceIn(file, "the name of a file");
            if (file.EndsWith("receipt.json", StringComparison.Ordinal))
            {
                RequireNoTraceIn(File.ReadAllText(site[file]), file);
            }
        }
    }

    private static void RequireNoTraceIn(string text, string where)
    {
        foreach (var trace in Traces)
        {
            Require.That(
                !text.Contains(trace, StringComparison.Ordinal),
                $"{where} holds {trace}:\n{text}"
            );
        }
    }
}
