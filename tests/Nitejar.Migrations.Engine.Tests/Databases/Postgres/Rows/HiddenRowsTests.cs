using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Postgres.Connections;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Rows;

/// <summary>A policy may hide rows from the owner of a table too, and an archive would lose those.</summary>
public sealed class HiddenRowsTests : ConformanceTests<PostgresTestDatabase>
{
    private readonly string _role = $"role_{Guid.NewGuid():N}";

    [SetUp]
    public void MakeRole() =>
        Execute($"CREATE ROLE {_role} LOGIN; GRANT ALL ON SCHEMA public TO {_role}");

    [TearDown]
    public void DropRole() =>
        Execute(
            $"REASSIGN OWNED BY {_role} TO CURRENT_USER; DROP OWNED BY {_role}; DROP ROLE {_role}"
        );

    [Test]
    public void No_Down_loses_them()
    {
        Assert.That(Run(new UpRequest()).Failure, Is.Null);
        Execute(
            """
            INSERT INTO notes VALUES (1), (2);
            ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
            ALTER TABLE notes FORCE ROW LEVEL SECURITY;
            CREATE POLICY first ON notes USING (id = 1);
            """
        );

        var result = Run(new DownRequest());

        Assert.Multiple(() =>
        {
            Assert.That(
                result.Failure?.Message,
                Does.Contain("affected by row-level security policy for table \"notes\"")
            );
            Assert.That(Query("SELECT id FROM notes ORDER BY id"), Is.EqualTo(new[] { "1", "2" }));
        });
    }

    private RunResult Run(MigrationRequest request)
    {
        using var connection = TestDatabase.Open();
        var target = new PostgresConnectionText(static _ => null).ParseAdo(
            $"{connection.ConnectionString};Username={_role}"
        );
        return new MigrationRunner(
            new PostgresDatabase(target),
            Sql("CREATE TABLE notes (id integer PRIMARY KEY)", "DROP TABLE notes"),
            () => HistoryOf.Origin
        ).Run(request, Allowed, new SilentObserver(), CancellationToken.None);
    }
}
