using System.Text.RegularExpressions;

namespace Nitejar.Migrations.Binary.Tests.Documentation;

/// <summary>The commands of the documents about PostgreSQL, with the connection of a database that is here.</summary>
public sealed partial class PostgresBlockTests : DocumentTests
{
    [Test]
    public void They_migrate_and_show() =>
        Assert.That(
            RunBlock("nitejar-migrate up "),
            Does.Contain("2 migrations applied").And.Contain("0 pending")
        );

    [Test]
    public void They_migrate_and_show_many_schemas() =>
        Assert.That(
            RunBlock("nitejar-migrate status ", "CREATE SCHEMA tenant_a; CREATE SCHEMA tenant_b"),
            Does.Contain("2 schemas: 2 pending").And.Contain("2 schemas: 2 succeeded")
        );

    [Test]
    public void They_verify_a_released_schema() =>
        Assert.That(
            RunBlock(
                "nitejar-migrate schema ",
                "CREATE TABLE of_others (id integer)",
                "docs/verify.md"
            ),
            Does.Contain("the released schema becomes the same")
        );

    private string RunBlock(
        string block,
        string before = "",
        string document = "docs/postgresql.md"
    )
    {
        using var database = PostgresServer.Shared().CreateDatabase();
        database.Psql(before);
        return string.Concat(
            DocumentedBlock
                .Of(document, block)
                .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(command =>
                    Shell(Documented().Replace(command, $"'{database.ConnectionString}'"))
                        .Exits(0)
                        .Output
                )
        );
    }

    /// <summary>A connection, in any of its forms.</summary>
    [GeneratedRegex("(?<=-c )'[^']+'")]
    private static partial Regex Documented();
}
