using FluentMigrator;

namespace Nitejar.Tests.Expressions;

/// <summary>What a migration can say by FluentMigrator's API.</summary>
/// <param name="Name">One word, by which a program is told to run it.</param>
/// <param name="Create">Makes the migration.</param>
internal sealed record ExpressionCase(string Name, Func<IMigration> Create)
{
    /// <summary>Names the case in the variable that tells the program what to run.</summary>
    public const string Prefix = "expression:";

    /// <summary>Whether FluentMigrator logs what it executes: it logs no code, and batches as one.</summary>
    public bool HasSameSql { get; init; } = true;

    private const string Setup = """
        CREATE TABLE parent (id INTEGER PRIMARY KEY, code TEXT, note TEXT);
        CREATE TABLE child (id INTEGER PRIMARY KEY AUTOINCREMENT, parent_id INTEGER REFERENCES parent (id) ON DELETE CASCADE, amount NUMERIC, note TEXT DEFAULT 'x');
        CREATE INDEX ix_child_note ON child (note);
        CREATE UNIQUE INDEX uc_parent_code ON parent (code);
        INSERT INTO parent VALUES (1, 'a', 'one'), (2, 'b', NULL);
        INSERT INTO child (parent_id, amount) VALUES (1, 10), (1, 20), (2, 30);
        """;

    private const string Removal = "DROP TABLE child; DROP TABLE parent;";

    /// <summary>The migrations before it, and itself.</summary>
    public IReadOnlyList<(long Version, string Name, Func<IMigration> Create)> Migrations =>
        [
            (1, "Setup", () => new Written(m => m.Execute.Sql(Setup), m => m.Execute.Sql(Removal))),
            (2, Name, Create),
        ];

    /// <summary>One with both directions.</summary>
    public static ExpressionCase Of(
        string name,
        Action<Migration> up,
        Action<Migration>? down = null
    ) => new(name, () => new Written(up, down ?? (_ => { })));

    /// <summary>One whose Down FluentMigrator makes of its Up.</summary>
    public static ExpressionCase Reversed(string name, Action<MigrationBase> up) =>
        new(name, () => new Reversing(up));

    private sealed class Written(Action<Migration> up, Action<Migration> down) : Migration
    {
        public override void Up() => up(this);

        public override void Down() => down(this);
    }

    private sealed class Reversing(Action<MigrationBase> up) : AutoReversingMigration
    {
        public override void Up() => up(this);
    }
}
