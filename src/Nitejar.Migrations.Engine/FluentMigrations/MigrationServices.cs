using System.Reflection;
using FluentMigrator.Infrastructure;

namespace Nitejar.Migrations.Engine.FluentMigrations;

/// <summary>
/// The one service that FluentMigrator's authoring API asks for: where <c>Execute.EmbeddedScript</c> finds its
/// resources. A dictionary of one in place of a service container, which takes 4 ms to build.
/// </summary>
internal sealed class MigrationServices(Assembly migrations) : IServiceProvider
{
    public object? GetService(Type serviceType) =>
        serviceType == typeof(IEnumerable<IEmbeddedResourceProvider>)
            ? new IEmbeddedResourceProvider[] { new DefaultEmbeddedResourceProvider(migrations) }
            : null;
}
