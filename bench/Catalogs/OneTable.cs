using System.Globalization;
using FluentMigrator;

namespace Nitejar.Migrations.Bench;

/// <summary>
/// A migration that makes one table. One class stands for all of them, with its number as a parameter: ten thousand
/// generated classes would take minutes to compile natively, and the product's path is the same from its catalog on
/// (an entry with an attribute and a delegate each, evaluated by FluentMigrator, executed, journaled, printed). What
/// is left out is the page faults of code that is run once: a few hundred bytes for each pending class.
/// </summary>
internal sealed class OneTable(int number) : Migration
{
    private const long FirstVersion = 20240101000000;

    /// <summary>As the index that is generated into a project of migrations: one entry for each, none evaluated yet.</summary>
    public static IReadOnlyList<(
        MigrationAttribute,
        Attribute[],
        string,
        Func<IMigration>
    )> Catalog(int count)
    {
        var entries = new (MigrationAttribute, Attribute[], string, Func<IMigration>)[count];
        for (var i = 0; i < count; i++)
        {
            var number = i + 1;
            entries[i] = (
                new MigrationAttribute(FirstVersion + number),
                [],
                "OneTable" + number.ToString(CultureInfo.InvariantCulture),
                () => new OneTable(number)
            );
        }

        return entries;
    }

    public override void Up() =>
        Create
            .Table(Name)
            .WithColumn("id")
            .AsInt64()
            .NotNullable()
            .PrimaryKey()
            .Identity()
            .WithColumn("name")
            .AsString()
            .NotNullable()
            .WithColumn("created_at")
            .AsInt64()
            .NotNullable()
            .WithDefaultValue(0);

    public override void Down() => Delete.Table(Name);

    private string Name => string.Create(CultureInfo.InvariantCulture, $"table_{number}");
}
