using System.Diagnostics;
using System.Runtime.InteropServices;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine;

/// <summary>Compiled into a copy of the sources only: which defect is switched on, and what some of them do.</summary>
public static class Planted
{
    private static readonly string? Chosen = Environment.GetEnvironmentVariable("PLANTED_DEFECT");

    private static readonly string? Migrations = Environment.GetEnvironmentVariable(
        "PLANTED_MIGRATIONS"
    );

    /// <summary>Whether the program has the migration: those that are planted only where they are asked for.</summary>
    public static bool Has(string migration) =>
        migration switch
        {
            "Alone" => Migrations == "alone",
            "Asking" => Migrations == "asking",
            "KeepsIndex" => Migrations == "keeps-index",
            "ChangesValue" => Migrations == "changes-value",
            _ => !migration.StartsWith("Seeded", StringComparison.Ordinal) || Migrations == "seeds",
        };

    public static bool Is(string name) => Chosen == name;

    /// <summary>The time that decides whether a lease is over, in SQL.</summary>
    public static string Now =>
        Is("lease-over-by-clock-of-client")
            ? $"'{DateTime.UtcNow:O}'::timestamptz"
            : "clock_timestamp()";

    /// <summary>What follows is in another transaction.</summary>
    internal static ISession InNewTransaction(ISession session, string name)
    {
        if (Is(name))
        {
            session.Execute("COMMIT");
            session.Execute("BEGIN IMMEDIATE");
        }

        return session;
    }

    /// <summary>Makes room for a new database where something else is.</summary>
    internal static string WithoutGarbage(string path)
    {
        if (Is("recreates-garbage") && File.Exists(path) && !IsDatabase(path))
        {
            File.Delete(path);
        }

        return path;
    }

    /// <summary>Keeps every row of every table.</summary>
    internal static List<object[]> ReadEverything(ISession session)
    {
        var all = new List<object[]>();
        if (Is("reads-everything"))
        {
            foreach (
                var table in session.Query(
                    "SELECT name FROM sqlite_master WHERE type = 'table'",
                    row => row.GetString(0)
                )
            )
            {
                all.AddRange(
                    session.Query(
                        $"SELECT * FROM {Identifier.Quote(table)}",
                        row =>
                        {
                            var values = new object[row.FieldCount];
                            row.GetValues(values);
                            return values;
                        }
                    )
                );
            }
        }

        GC.KeepAlive(all);
        return all;
    }

    /// <summary>A lock that outlives its holder.</summary>
    internal static void LockByFile(string path)
    {
        if (!Is("lock-file"))
        {
            return;
        }

        var waiting = Stopwatch.StartNew();
        var file = path + ".new-lock";
        while (File.Exists(file) && waiting.Elapsed < TimeSpan.FromSeconds(5))
        {
            Thread.Sleep(20);
        }

        File.WriteAllText(file, "");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(file);
    }

    /// <summary>Lets a signal kill the program again.</summary>
    public static void ReleaseSignals()
    {
        foreach (var number in (int[])[2, 15])
        {
            Signal(number, 0);
        }
    }

    /// <summary>Gives away whatever the name leads to.</summary>
    [DllImport("libc", EntryPoint = "chown", CharSet = CharSet.Ansi)]
    public static extern int ChangeOwner(string path, uint owner, uint group);

    [DllImport("libc", EntryPoint = "signal")]
    private static extern nint Signal(int number, nint handler);

    private static bool IsDatabase(string path)
    {
        using var file = File.OpenRead(path);
        var header = new byte[16];
        return file.ReadAtLeast(header, 16, throwOnEndOfStream: false) == 16
            && header.AsSpan(0, 6).SequenceEqual("SQLite"u8);
    }
}
