using FluentMigrator;
using Nitejar.Migrations.Engine.Catalog;

namespace Nitejar.Migrations.Engine.Tests;

/// <summary>Migrations for tests, made of SQL or of delegates.</summary>
internal static class MigrationsOf
{
    /// <summary>A migration of raw SQL; an empty text executes nothing.</summary>
    public static KnownMigration Sql(long version, string name, string up, string down = "") =>
        Code(version, name, m => Execute(m, up), m => Execute(m, down));

    /// <summary>A migration whose Down is of several texts.</summary>
    public static KnownMigration Texts(string up, params string[] down) =>
        Code(1, "One", m => Execute(m, up), m => Array.ForEach(down, sql => Execute(m, sql)));

    /// <summary>A migration of FluentMigrator's own API.</summary>
    public static KnownMigration Code(
        long version,
        string name,
        Action<Migration> up,
        Action<Migration> down
    ) =>
        new(
            new MigrationId(version, name),
            new MigrationAttribute(version),
            () => new DelegatedMigration(up, down)
        );

    /// <summary>A migration that makes a table of its name and drops it.</summary>
    public static KnownMigration Table(long version, string name) =>
        Sql(version, name, $"CREATE TABLE {name} (id INTEGER PRIMARY KEY)", $"DROP TABLE {name}");

    /// <summary>The same migration, but its author wants no transaction.</summary>
    public static KnownMigration WithoutTransaction(this KnownMigration known) =>
        known with
        {
            Attribute = new MigrationAttribute(known.Id.Version, TransactionBehavior.None),
        };

    /// <summary>The same migration with tags, all of which a run has to choose.</summary>
    public static KnownMigration WithTags(this KnownMigration known, params string[] tags) =>
        known with
        {
            Tags = MigrationTags.Of([new TagsAttribute(tags)]),
        };

    /// <summary>The same migration, but its author declares a breaking change.</summary>
    public static KnownMigration Breaking(this KnownMigration known) =>
        known with
        {
            Attribute = new MigrationAttribute(known.Id.Version) { BreakingChange = true },
        };

    public static MigrationCatalog Catalog(params KnownMigration[] migrations) => new(migrations);

    private static void Execute(Migration migration, string sql)
    {
        if (sql.Length > 0)
        {
            migration.Execute.Sql(sql);
        }
    }

    private sealed class DelegatedMigration(Action<Migration> up, Action<Migration> down)
        : Migration
    {
        public override void Up() => up(this);

        public override void Down() => down(this);
    }
}
