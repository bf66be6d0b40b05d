using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Trust.Verifying;
using Nitejar.Migrations.Engine.Trust.Verifying.Comparing;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Scratch;

/// <summary>A released schema is a file of SQL, which the pending migrations have to make the same as a new one.</summary>
public sealed class ReleasedSchemaTests : ConformanceTests<PostgresTestDatabase>
{
    private static readonly KnownMigration One = MigrationsOf.Sql(
        1,
        "One",
        "CREATE TABLE one (id integer PRIMARY KEY, name text); CREATE INDEX one_name ON one (lower(name))",
        "DROP TABLE one"
    );

    private static readonly KnownMigration Two = MigrationsOf.Sql(
        2,
        "Two",
        "CREATE TABLE two (one integer REFERENCES one)",
        "DROP TABLE two"
    );

    private readonly TemporaryFolder _folder = new();

    [OneTimeTearDown]
    public void RemoveFolder() => _folder.Dispose();

    /// <summary>Of a schema alone it is found out which migrations it has.</summary>
    [Test]
    public void Becomes_the_same_as_a_new_one()
    {
        Succeed(MigrationsOf.Catalog(One), new UpRequest());
        Execute(
            "CREATE SEQUENCE of_others; CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'"
        );
        using var reader = Database.OpenReader(TimeSpan.Zero)!;

        var found = Verify(string.Join('\n', reader.ReadSchemaScript()), One, Two);

        Assert.That(found, Is.Empty);
    }

    [Test]
    public void What_does_not_become_the_same_is_found() =>
        Assert.That(
            Verify("CREATE TABLE one (id integer PRIMARY KEY, name text, extra integer)", One)
                .Select(finding => finding.Place),
            Is.EquivalentTo(["one.extra", "one.one_name"])
        );

    [Test]
    public void A_dump_may_have_the_history_as_well()
    {
        Succeed(MigrationsOf.Catalog(One), new UpRequest());
        var dump = $"""
            \restrict abc
            {TestDatabase.DumpOfServer()}
            INSERT INTO public."VersionInfo" VALUES (1, '2024-05-06 07:08:09', 'One');
            \unrestrict abc
            """;

        using var scratch = Fill(dump);

        using var reader = scratch.Database.OpenReader(TimeSpan.Zero)!;
        Assert.That(HistoryReader.Read(reader).IsApplied(1));
        Assert.That(
            reader.ReadSchema().Tables.Select(table => table.Name.Name),
            Is.EqualTo(["one"])
        );
    }

    [TestCase("PGDMP", "archive of pg_dump")]
    [TestCase(
        "SELECT 1;\n\nCREATE TABLE one (id nothing)",
        "line 3: type \"nothing\" does not exist"
    )]
    [TestCase("COPY one FROM stdin;", "line 1: a migration must not copy rows from STDIN")]
    [TestCase("\\connect other\nSELECT 1", "line 1: syntax error at or near \"\\\"")]
    public void What_is_not_such_a_file_is_refused(string sql, string why) =>
        Assert.That(
            () => Fill(sql),
            Throws.InstanceOf<RefusedException>().With.Message.Contains(why)
        );

    [Test]
    public void A_file_that_is_not_there_is_named() =>
        Assert.That(
            () => Fill(sql: null),
            Throws
                .InstanceOf<DatabaseUnavailableException>()
                .With.Message.Contains("cannot be read")
        );

    private IReadOnlyList<Finding> Verify(string released, params KnownMigration[] migrations) =>
        new Verification(Database, MigrationsOf.Catalog(migrations), () => HistoryOf.Origin)
            .Run(new VerifySettings { Released = FileOf(released) }, CancellationToken.None)
            .Whole.Single(whole => whole.Check == VerifyCheck.Released)
            .Findings;

    private IScratchDatabase Fill(string? sql)
    {
        var scratch = Database.CreateScratch();
        try
        {
            scratch.Fill(FileOf(sql), CancellationToken.None);
            return scratch;
        }
        catch
        {
            scratch.Dispose();
            throw;
        }
    }

    private string FileOf(string? sql)
    {
        var path = _folder[$"{Guid.NewGuid():N}.sql"];
        if (sql is not null)
        {
            File.WriteAllText(path, sql);
        }

        return path;
    }
}
