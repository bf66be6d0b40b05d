using System.Reflection;
using FluentMigrator;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Infrastructure;
using Nitejar.Migrations.Engine.Catalog;

namespace Nitejar.Migrations.Engine.Tests.Catalog;

/// <summary>Tags choose as FluentMigrator's own conventions do.</summary>
public sealed class MigrationTagsTests
{
    private static readonly Type[] Classes =
    [
        typeof(None),
        typeof(A),
        typeof(AAndB),
        typeof(AThenB),
        typeof(AnyAOrB),
        typeof(AOrAnyB),
        typeof(Nameless),
    ];

    private static readonly string[][] Chosen =
    [
        [],
        ["A"],
        ["B"],
        ["a"],
        ["A", "B"],
        ["B", "A"],
        ["A", "C"],
        ["C", "B"],
        ["A", "B", "C"],
        ["A", "A"],
        [""],
    ];

    [Test]
    public void Tags_choose_as_with_stock(
        [ValueSource(nameof(Classes))] Type type,
        [ValueSource(nameof(Chosen))] string[] chosen
    )
    {
        var tags = MigrationTags.Of([.. type.GetCustomAttributes<TagsAttribute>()]);

        Assert.That(
            tags.AreChosenBy(chosen),
            Is.EqualTo(
                DefaultMigrationRunnerConventions.Instance.HasRequestedTags(
                    type,
                    chosen,
                    includeUntagged: true
                )
            )
        );
    }

    private sealed class None;

    [Tags("A")]
    private sealed class A;

    [Tags("A", "B")]
    private sealed class AAndB;

    [Tags("A"), Tags("B")]
    private sealed class AThenB;

    [Tags(TagBehavior.RequireAny, "A", "B")]
    private sealed class AnyAOrB;

    [Tags("A"), Tags(TagBehavior.RequireAny, "B")]
    private sealed class AOrAnyB;

    [Tags]
    private sealed class Nameless;
}
