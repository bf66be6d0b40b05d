using System.Globalization;
using FluentMigrator;

namespace Nitejar.Migrations.Discovery.Tests;

/// <summary>Constructors of migrations get what they want from the program, without a container of the generator's own.</summary>
public sealed class ServiceTests
{
    private const string Wanting = """
        public readonly IFormatProvider Format; public readonly string Suffix;
        public A(IFormatProvider format, Version version, string suffix = "x") { Format = format; Suffix = version + suffix; }
        """;

    private static readonly Version Served = new(1, 2);

    [Test]
    public void A_constructor_gets_what_it_wants()
    {
        var calls = 0;
        var index = Evaluate(() =>
        {
            calls++;
            return new Provider(
                new()
                {
                    [typeof(IFormatProvider)] = CultureInfo.InvariantCulture,
                    [typeof(Version)] = Served,
                }
            );
        });

        Assert.That(calls, Is.Zero, "nothing is made before a migration is");
        dynamic first = index[0].Create();
        dynamic second = index[0].Create();

        Assert.Multiple(() =>
        {
            Assert.That((object)first.Format, Is.SameAs(CultureInfo.InvariantCulture));
            Assert.That((string)first.Suffix, Is.EqualTo("1.2x"));
            Assert.That((object)second, Is.Not.SameAs(first));
            Assert.That(calls, Is.EqualTo(1));
        });
    }

    [Test]
    public void What_is_not_there_is_named() =>
        Assert.That(
            () => Evaluate(() => new Provider([])).Single().Create(),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "A wants System.IFormatProvider, which MigrationIndex.Services does not have"
            )
        );

    [Test]
    public void Services_that_were_not_set_are_named() =>
        Assert.That(
            () => Evaluate(services: null).Single().Create(),
            Throws.InvalidOperationException.With.Message.Contains("MigrationIndex.Services")
        );

    [Test]
    public void A_project_that_wants_nothing_has_no_services() =>
        Assert.That(
            Generated.From(Sources.Migration("[Migration(1)]", "A")).ToString(),
            Does.Not.Contain("Services")
        );

    private static IReadOnlyList<(
        MigrationAttribute Attribute,
        Attribute[] Conditions,
        string Name,
        Func<IMigration> Create
    )> Evaluate(Func<IServiceProvider>? services) =>
        Generated
            .From(
                Sources
                    .Migration("[Migration(1)]", "A")
                    .Replace("{ public", $"{{ {Wanting} public", StringComparison.Ordinal)
            )
            .Evaluate(services);

    private sealed class Provider(Dictionary<Type, object> services) : IServiceProvider
    {
        public object? GetService(Type serviceType) => services.GetValueOrDefault(serviceType);
    }
}
