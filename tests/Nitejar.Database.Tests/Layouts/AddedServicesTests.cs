using LinqToDB.Async;
using Microsoft.Extensions.DependencyInjection;
using Nitejar.Database.Github;
using Nitejar.Database.Tests.Databases;

namespace Nitejar.Database.Tests.Layouts;

/// <summary>An application gets the database from its services.</summary>
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class AddedServicesTests<TDatabase> : DatabaseTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    [Test]
    public async Task A_scope_has_one_connection_that_ends_with_it()
    {
        using var services = new ServiceCollection()
            .AddNitejarDatabase(Database.ConnectionString)
            .BuildServiceProvider(validateScopes: true);
        NitejarDatabase database;
        using (var scope = services.CreateScope())
        {
            database = scope.ServiceProvider.GetRequiredService<NitejarDatabase>();
            Assert.That(await database.Integrations.CountAsync(), Is.Zero);
            Assert.That(
                scope.ServiceProvider.GetRequiredService<NitejarDatabase>(),
                Is.SameAs(database)
            );
            Assert.That(
                () =>
                    scope
                        .ServiceProvider.GetRequiredService<InstallationWriter>()
                        .UpsertAsync(new() { IntegrationId = "x", InstallationId = 1 }),
                Throws.TypeOf<MissingRowException>()
            );
            Assert.That(scope.ServiceProvider.GetService<CapabilityGrants>(), Is.Not.Null);
        }

        Assert.That(
            () => database.Integrations.Count(),
            Throws.InstanceOf<ObjectDisposedException>()
        );
    }
}
