using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Rows;

/// <summary>
/// Names of any alphabet, byte order marks before words and comments that never end hide nothing of what a Down does: it
/// is asked about, and its rows go into the archive.
/// </summary>
public sealed class NamesAndMarks : FaultTests
{
    private const string Mark = "\uFEFF";

    private const string Archived =
        "SELECT TableName || '.' || coalesce(ColumnName, 'NULL') || ' ' || Rows FROM VersionArchive";

    /// <summary>Without quotes. SQLite takes every character outside of ASCII for a part of a name.</summary>
    private static readonly Dictionary<string, string> Names = new()
    {
        ["letters"] = "größe_名前",
        ["vowel signs"] = "टिप्पणी",
        ["tone marks"] = "ที่อยู่",
        ["combining marks"] = "e\u0301te\u0301",
        ["a currency sign"] = "preis_€",
        ["punctuation"] = "姓・名",
        ["a surrogate pair"] = "t_😀",
        ["a blank of another kind"] = "a\u00A0b",
        ["a line separator"] = "a\u2028b",
        ["a joiner"] = "a\u200Db",
        ["a mark inside"] = $"a{Mark}b",
    };

    private static readonly Dictionary<string, string> Drops = new()
    {
        ["at the beginning"] = $"{Mark}DROP TABLE t;",
        ["before each word"] = $"SELECT 1;{Mark}DROP {Mark}TABLE {Mark}t;",
        ["behind a comment"] = $"/*/ ; */{Mark}\n{Mark}DROP TABLE t;",
        ["behind a trigger"] =
            $"CREATE {Mark}TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END;{Mark}DROP TABLE t;",
    };

    private static readonly string[] Ends =
    [
        $"{Mark}COMMIT;",
        $"{Mark}END;",
        $"{Mark}ROLLBACK;",
        $"; {Mark}BEGIN;",
    ];

    private static IEnumerable<string> NameClasses => Names.Keys;

    private static IEnumerable<string> DropNames => Drops.Keys;

    [Test]
    public void A_table_is_archived([ValueSource(nameof(NameClasses))] string name) =>
        CheckTable(Rig, name);

    [Test]
    public void A_column_is_archived([ValueSource(nameof(NameClasses))] string name) =>
        CheckColumn(Rig, name);

    [Test]
    public void A_marked_statement_is_archived([ValueSource(nameof(DropNames))] string drop) =>
        CheckDrop(Rig, drop);

    [Test]
    public void A_marked_end_of_the_transaction_is_refused(
        [ValueSource(nameof(Ends))] string end
    ) => CheckEnd(Rig, end);

    [Test]
    public void A_marked_VACUUM_runs_outside_of_a_transaction() => CheckOutside(Rig);

    [Test]
    public void A_comment_that_never_ends_is_refused()
    {
        using var site = NewSite(Rig, "DROP TABLE t /* the\nold one;\nDROP TABLE agents;");

        RequireRefusal(site, 6, "never ends", "--yes");
    }

    internal static void CheckTable(Rig rig, string name)
    {
        var table = Names[name];
        using var site = NewSite(rig, $"ALTER TABLE {table} RENAME TO u; DROP TABLE u;", table);

        RequireArchive(site, $"{table}.NULL 2");
    }

    internal static void CheckColumn(Rig rig, string name)
    {
        var column = Names[name];
        using var site = NewSite(rig, $"ALTER TABLE t DROP COLUMN {column};", column: column);

        RequireArchive(site, $"t.{column} 2");
    }

    internal static void CheckDrop(Rig rig, string name)
    {
        using var site = NewSite(rig, Drops[name]);

        RequireArchive(site, "t.NULL 2");
    }

    internal static void CheckEnd(Rig rig, string end)
    {
        using var site = NewSite(rig, $"CREATE TABLE u (a); {end} DROP TABLE t;");

        RequireRefusal(site, 1, "must not begin or end a transaction", "--yes");
    }

    internal static void CheckOutside(Rig rig)
    {
        using var site = NewSite(rig, $"{Mark}VACUUM;{Drops["behind a trigger"]}");
        site.Execute($"UPDATE VersionJournal SET Statement = 1 WHERE Version = {Foreign.Version}");

        site.Run("down", "-c", "x.db", "--yes").RequireExit(0);
        RequireArchived(site, "t.NULL 2");
    }

    private static Site NewSite(Rig rig, string down, string table = "t", string column = "b")
    {
        var site = rig.NewSite();
        site.Place(Samples.WithBoth(JournalMode.Delete));
        using var connection = site.Open();
        connection.Run($"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {column})");
        connection.Run($"INSERT INTO {table} VALUES (1, 'one'), (2, 'two')");
        Foreign.Apply(connection, down);
        return site;
    }

    /// <summary>Not without consent; with it, every row is in the archive.</summary>
    private static void RequireArchive(Site site, string expected)
    {
        RequireRefusal(site, 6, "remove rows");
        site.Run("down", "-c", "x.db", "--yes").RequireExit(0);
        RequireArchived(site, expected);
    }

    private static void RequireArchived(Site site, string expected)
    {
        using var connection = site.Open();
        var hasArchive =
            connection.Read("SELECT 1 FROM sqlite_master WHERE name = 'VersionArchive'").Count > 0;
        Require.Same(
            hasArchive ? string.Join('\n', connection.Read(Archived)) : "none",
            expected,
            "the archive"
        );
    }

    private static void RequireRefusal(Site site, int code, string words, params string[] options)
    {
        var before = DatabaseImage.Of(site.Database);

        var result = site.Run(["down", "-c", "x.db", .. options]);

        Require.Same(DatabaseImage.Of(site.Database), before, $"the database after {result}");
        result.RequireExit(code);
        Require.That(
            result.Error.Contains(words, StringComparison.Ordinal),
            $"does not say `{words}`: {result}"
        );
    }
}
