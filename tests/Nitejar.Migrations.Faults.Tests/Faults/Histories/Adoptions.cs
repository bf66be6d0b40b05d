using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Histories;

/// <summary>
/// What another tool has made is recorded and never touched: not when it is adopted, not when it is not, and not by a
/// <c>down</c>.
/// </summary>
public sealed class Adoptions : FaultTests
{
    private const string Agents = """
        CREATE TABLE agents (id text PRIMARY KEY, name text NOT NULL UNIQUE, sprite_id text, config text,
            status text DEFAULT 'idle' NOT NULL, created_at integer DEFAULT (unixepoch()) NOT NULL,
            updated_at integer DEFAULT (unixepoch()) NOT NULL);
        INSERT INTO agents (id, name) VALUES ('a1', 'Ada');
        """;

    private const string Integrations = """
        CREATE TABLE integrations (id text PRIMARY KEY, type text NOT NULL, name text NOT NULL, config text,
            scope text DEFAULT 'global' NOT NULL, enabled integer DEFAULT 1 NOT NULL,
            created_at integer DEFAULT (unixepoch()) NOT NULL, updated_at integer DEFAULT (unixepoch()) NOT NULL);
        INSERT INTO integrations (id, type, name) VALUES ('p1', 'github', 'GitHub');
        """;

    [Test]
    public void What_was_adopted_stays() => CheckAdopted(Rig);

    [TestCase("NOT NULL UNIQUE", "NOT NULL")]
    [TestCase("name text NOT NULL", "name text")]
    [TestCase("DEFAULT 'idle'", "DEFAULT 'busy'")]
    public void What_is_not_as_expected_is_not_adopted(string expected, string found) =>
        CheckRefused(Rig, expected, found);

    internal static void CheckAdopted(Rig rig)
    {
        using var site = rig.NewSite();
        site.Place([]);
        site.Execute(Agents + Integrations);
        var before = Tables(site);
        site.Run("adopt", "-c", "x.db").RequireExit(0);
        site.Run("up", "-c", "x.db").RequireExit(0);

        foreach (
            var command in (string[][])
                [
                    ["down", "--all", "--yes"],
                    ["redo", "--steps", "9", "--yes"],
                ]
        )
        {
            site.Run([.. command, "-c", "x.db"]).RequireExit(6);
        }

        site.Run("down", "--yes", "-c", "x.db").RequireExit(0);
        site.Run("down", "--yes", "-c", "x.db").RequireExit(6);

        Require.That(Tables(site) == before, "what was adopted has changed");
    }

    internal static void CheckRefused(Rig rig, string expected, string found)
    {
        using var site = rig.NewSite();
        site.Place([]);
        site.Execute(Agents.Replace(expected, found, StringComparison.Ordinal) + Integrations);
        var before = File.ReadAllBytes(site.Database);

        foreach (
            var command in (string[][])
                [
                    ["adopt", "--dry-run"],
                    ["adopt"],
                    ["up", "--adopt"],
                    ["up"],
                ]
        )
        {
            site.Run([.. command, "-c", "x.db"]).RequireExit(6);
        }

        Require.That(
            before.SequenceEqual(File.ReadAllBytes(site.Database)),
            "the file was changed"
        );
    }

    /// <summary>Both tables as they are defined, and their rows.</summary>
    private static string Tables(Site site)
    {
        using var connection = site.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT sql FROM sqlite_schema WHERE name IN ('agents', 'integrations')
            UNION ALL SELECT id || name || status FROM agents
            UNION ALL SELECT id || name || type FROM integrations
            ORDER BY 1
            """;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return string.Join('\n', rows);
    }
}
