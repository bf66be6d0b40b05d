using System.Reflection;
using FluentMigrator;
using FluentMigrator.Infrastructure;

namespace Nitejar.Migrations.Engine.FluentMigrations;

/// <summary>
/// The services that a class may ask its context for: where <c>Execute.EmbeddedScript</c> finds its resources, which
/// FluentMigrator's authoring API asks for, and a list for its preconditions, which stock FluentMigrator does not have. A
/// dictionary of two in place of a service container, which takes 4 ms to build.
/// </summary>
internal sealed class MigrationServices(
    Assembly migrations,
    ICollection<Func<IMigrationProcessor, (string Reason, string NextStep)?>> preconditions
) : IServiceProvider
{
    public object? GetService(Type serviceType) =>
        serviceType == typeof(IEnumerable<IEmbeddedResourceProvider>)
            ? new IEmbeddedResourceProvider[] { new DefaultEmbeddedResourceProvider(migrations) }
        : serviceType
        == typeof(ICollection<Func<IMigrationProcessor, (string Reason, string NextStep)?>>)
            ? preconditions
        : null;
}
