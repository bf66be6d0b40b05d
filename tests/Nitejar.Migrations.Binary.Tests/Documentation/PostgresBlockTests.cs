namespace Nitejar.Migrations.Binary.Tests.Documentation;

/// <summary>The commands of docs/postgresql.md, with the connection of a database that is here.</summary>
public sealed class PostgresBlockTests : DocumentTests
{
    [Test]
    public void They_migrate_and_show()
    {
        using var database = PostgresServer.Shared().CreateDatabase();
        var commands = DocumentedBlock
            .Of("docs/postgresql.md", "nitejar-migrate up ")
            .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var output = string.Concat(
            commands.Select(command =>
                Shell($"{command[..command.IndexOf('\'')]} '{database.ConnectionString}'")
                    .Exits(0)
                    .Output
            )
        );

        Assert.That(output, Does.Contain("2 migrations applied").And.Contain("0 pending"));
    }
}
