using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Faults.Rows;

/// <summary>
/// Foreign keys that would lead nowhere, although no row dangles: the application would be the first to find out. They
/// are refused before the commit.
/// </summary>
public sealed class LooseKeys : FaultTests
{
    private const string Family = """
        CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT);
        CREATE UNIQUE INDEX parents_by_name ON parents (name);
        CREATE TABLE children (id INTEGER REFERENCES parents (id), name TEXT REFERENCES parents (name));
        """;

    /// <summary>The Down of a migration that is applied; without one, <c>up</c> is what is refused.</summary>
    private static readonly Dictionary<string, (string Setup, string? Down)> Cases = new()
    {
        ["a child is made after its parent was renamed"] = (
            "ALTER TABLE integrations RENAME TO plugins;",
            null
        ),
        ["a parent is dropped"] = (Family, "DROP TABLE parents;"),
        ["a parent is renamed away and made again"] = (
            Family,
            """
            ALTER TABLE parents RENAME TO parents_old;
            CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT);
            DROP TABLE parents_old;
            CREATE UNIQUE INDEX parents_by_name ON parents (name);
            """
        ),
        ["a key over what is referred to is dropped"] = (Family, "DROP INDEX parents_by_name;"),
        ["a column refers to nothing"] = (
            Family,
            "ALTER TABLE children ADD COLUMN ghost REFERENCES ghosts (id);"
        ),
    };

    private static IEnumerable<string> CaseNames => Cases.Keys;

    [Test]
    public void They_are_refused(
        [ValueSource(nameof(CaseNames))] string name,
        [Values] JournalMode mode
    ) => Check(Rig, name, mode);

    internal static void Check(Rig rig, string name, JournalMode mode)
    {
        var (setup, down) = Cases[name];
        using var site = rig.NewSite();
        site.Place(Samples.WithCore(mode));
        using (var connection = site.Open())
        {
            connection.Run(setup);
            if (down is not null)
            {
                Foreign.Apply(connection, down);
            }
        }

        var before = DatabaseImage.Of(site.Database);
        var result = site.Run(down is null ? "up" : "down", "-c", "x.db");

        Require.Same(DatabaseImage.Of(site.Database), before, $"the database after {result}");
        result.RequireExit(6);
        site.RequireLockFree();
    }
}
