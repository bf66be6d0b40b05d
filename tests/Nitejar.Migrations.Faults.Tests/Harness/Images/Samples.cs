using System.Collections.Concurrent;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Harness.Images;

/// <summary>How SQLite keeps a database that is being written recoverable.</summary>
public enum JournalMode
{
    /// <summary>The old pages go to a file of their own, which is deleted by the commit.</summary>
    Delete,

    /// <summary>The new pages go to a log.</summary>
    Wal,
}

/// <summary>Databases with rows, made once by the published program, whichever one is tested.</summary>
internal static class Samples
{
    public const string Core = "20240101000000";
    public const string Github = "20240501120000";

    private const string CoreRows = """
        INSERT INTO integrations (id, type, name, config, created_at, updated_at) VALUES
            ('i1', 'github', 'first', '{"a":1}', 100, 200), ('i2', 'slack', 'zweite ü', NULL, 101, 201);
        INSERT INTO agents (id, name, created_at, updated_at) VALUES ('a1', 'one', 1, 2), ('a2', 'two', 3, 4);
        """;

    private const string GithubRows = """
        INSERT INTO github_installations (id, installation_id, account_login, integration_id, created_at, updated_at)
            VALUES (1, 11, 'acme', 'i1', 5, 6), (2, 12, NULL, 'i1', 7, 8);
        INSERT INTO github_repos (id, repo_id, full_name, installation_id, created_at, updated_at)
            VALUES (1, 21, 'acme/a', 1, 9, 10), (2, 22, 'acme/b', 1, 11, 12), (3, 23, 'acme/c', 2, 13, 14);
        INSERT INTO agent_repo_capabilities VALUES ('a1', 1, '["read"]'), ('a1', 2, '[]'), ('a2', 3, '["write","x"]');
        """;

    private static readonly ConcurrentDictionary<(string, JournalMode), byte[]> Made = new();

    /// <summary>The first migration is applied; its tables have rows.</summary>
    public static byte[] WithCore(JournalMode mode) =>
        Make("core", mode, site => MakeCore(site, CoreRows));

    /// <summary>Both migrations are applied; every table has rows.</summary>
    public static byte[] WithBoth(JournalMode mode) => Make("both", mode, MakeBoth);

    /// <summary>Both were applied and had rows, and the second was reverted.</summary>
    public static byte[] WithSecondReverted(JournalMode mode) =>
        Make(
            "reverted",
            mode,
            site =>
            {
                MakeBoth(site);
                site.Run("down", "-c", "x.db", "--to", Core, "--yes").Exits(0);
            }
        );

    private static void MakeBoth(Site site)
    {
        MakeCore(site, CoreRows);
        site.Run("up", "-c", "x.db").Exits(0);
        site.Execute(GithubRows);
    }

    private static void MakeCore(Site site, string rows)
    {
        site.Run("up", "-c", "x.db", "--to", Core).Exits(0);
        site.Execute(rows);
    }

    private static byte[] Make(string name, JournalMode mode, Action<Site> make) =>
        Made.GetOrAdd(
            (name, mode),
            _ =>
            {
                using var site = new Site(MigrateProgram.Published);
                make(site);
                site.Execute($"PRAGMA journal_mode = {mode}");
                return File.ReadAllBytes(site.Database);
            }
        );
}
