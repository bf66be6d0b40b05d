using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Engine.Tests.FluentMigrations;

public sealed class MigrationScripterTests
{
    private static readonly Engine.Catalog.MigrationCatalog Catalog = MigrationsOf.Catalog(
        MigrationsOf.Table(1, "one"),
        MigrationsOf.Table(2, "two"),
        MigrationsOf.Table(3, "three")
    );

    [TestCase(null, null, "1_one 2_two 3_three")]
    [TestCase(1L, null, "2_two 3_three")]
    [TestCase(null, 2L, "1_one 2_two")]
    [TestCase(1L, 2L, "2_two")]
    [TestCase(2L, 2L, "")]
    public void Up_goes_from_above_one_version_to_another(long? from, long? to, string expected) =>
        Assert.That(Write(Direction.Up, from, to), Is.EqualTo(expected));

    [TestCase(null, null, "3_three 2_two 1_one")]
    [TestCase(2L, null, "2_two 1_one")]
    [TestCase(null, 1L, "3_three 2_two")]
    [TestCase(3L, 2L, "3_three")]
    public void Down_goes_from_one_version_to_above_another(
        long? from,
        long? to,
        string expected
    ) => Assert.That(Write(Direction.Down, from, to), Is.EqualTo(expected));

    [TestCase(Direction.Up, 3L, 1L)]
    [TestCase(Direction.Down, 1L, 3L)]
    [TestCase(Direction.Up, 9L, null)]
    [TestCase(Direction.Up, null, 9L)]
    public void A_range_that_makes_no_sense_is_a_mistake(
        Direction direction,
        long? from,
        long? to
    ) => Assert.That(() => Write(direction, from, to), Throws.TypeOf<InvalidRequestException>());

    [Test]
    public void A_script_without_the_code_of_a_migration_is_for_reading_only()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Table(1, "one"),
            MigrationsOf
                .Code(2, "Coded", m => m.Execute.WithConnection((_, _) => { }, "fill"), _ => { })
                .WithoutTransaction()
        );

        var script = new MigrationScripter(catalog, SqliteDriver.Instance).Write(
            new ScriptRange(Direction.Up, From: null, To: null)
        );

        Assert.That(
            script,
            Does.Contain("NOT COMPLETE and for reading only: code runs in 2_Coded.")
                .And.Contain("-- code: fill")
                .And.Contain("CREATE TABLE one")
                .And.EndsWith("\nROLLBACK;\n")
                .And.Not.Contain("COMMIT")
        );
    }

    [Test]
    public void A_Down_that_throws_is_refused_as_by_down()
    {
        var catalog = MigrationsOf.Catalog(
            MigrationsOf.Code(1, "One", _ => { }, _ => throw new NotSupportedException("no way"))
        );

        Assert.That(
            () =>
                new MigrationScripter(catalog, SqliteDriver.Instance).Write(
                    new ScriptRange(Direction.Down, From: null, To: null)
                ),
            Throws
                .TypeOf<RefusedException>()
                .With.Message.EqualTo("1_One cannot be reverted: no way")
        );
    }

    [TestCase("", "-- 2_two: not chosen, because of its tags.")]
    [TestCase("eu", "-- 2_two\nCREATE TABLE two")]
    public void Tags_choose_in_both_directions(string tag, string expected)
    {
        var scripter = new MigrationScripter(
            MigrationsOf.Catalog(
                MigrationsOf.Table(1, "one"),
                MigrationsOf.Table(2, "two").WithTags("eu")
            ),
            SqliteDriver.Instance
        );

        var up = scripter.Write(
            new ScriptRange(Direction.Up, From: null, To: null)
            {
                Tags = tag.Length == 0 ? [] : [tag],
            }
        );
        var down = scripter.Write(
            new ScriptRange(Direction.Down, From: null, To: null)
            {
                Tags = tag.Length == 0 ? [] : [tag],
            }
        );

        Assert.That(up, Does.Contain(expected));
        Assert.That(
            down.Contains("DROP TABLE two", StringComparison.Ordinal),
            Is.EqualTo(tag == "eu")
        );
    }

    /// <summary>The migrations that the script names, in its order.</summary>
    private static string Write(Direction direction, long? from, long? to)
    {
        var script = new MigrationScripter(Catalog, SqliteDriver.Instance).Write(
            new ScriptRange(direction, from, to)
        );
        var names = Catalog.All.Select(known => "-- " + known.Id).ToHashSet();
        return string.Join(' ', script.Split('\n').Where(names.Contains).Select(line => line[3..]));
    }
}
