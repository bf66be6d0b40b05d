using Nitejar.Database.Tests.Databases;

namespace Nitejar.Database.Tests;

/// <summary>In the outermost namespace, since it counts for its own and those within.</summary>
[SetUpFixture]
public sealed class AfterAllTests
{
    [OneTimeTearDown]
    public void StopPostgres() => PostgresServer.StopIfRunning();
}
