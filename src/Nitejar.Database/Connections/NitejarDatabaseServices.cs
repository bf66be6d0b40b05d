using Microsoft.Extensions.DependencyInjection.Extensions;
using Nitejar.Database;
using Nitejar.Database.Github;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Nitejar's database with an application's services.</summary>
public static class NitejarDatabaseServices
{
    /// <summary>
    /// Registers <see cref="NitejarDatabase"/>, <see cref="InstallationWriter"/> and <see cref="CapabilityGrants"/>, one
    /// of each for a scope, which share the scope's connection.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="connection">As of <see cref="NitejarDatabase.Connect"/>.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddNitejarDatabase(
        this IServiceCollection services,
        string connection
    ) => services.AddNitejarDatabase(_ => connection);

    /// <summary>As <see cref="AddNitejarDatabase(IServiceCollection, string)"/>, with a connection that is known once services are.</summary>
    /// <param name="services">The services.</param>
    /// <param name="connection">Returns it; called once for each scope that uses the database.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddNitejarDatabase(
        this IServiceCollection services,
        Func<IServiceProvider, string> connection
    )
    {
        services.TryAddScoped(provider => NitejarDatabase.Connect(connection(provider)));
        services.TryAddScoped<InstallationWriter>();
        services.TryAddScoped<CapabilityGrants>();
        return services;
    }
}
