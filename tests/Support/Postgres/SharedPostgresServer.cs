namespace Nitejar;

/// <summary>Ends the shared server after all tests. In the outermost namespace, since it counts for its own and those within.</summary>
[SetUpFixture]
public sealed class SharedPostgresServer
{
    [OneTimeTearDown]
    public void Stop() => PostgresServer.StopShared();
}
