using System.Text;
using FluentMigrator;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Postgres.Connections;
using Npgsql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Running;

/// <summary>A migration is given the password of the connection, and nothing of what is stored has it.</summary>
public sealed class HandedPasswordTests : ConformanceTests<PostgresTestDatabase>
{
    private const string Password = "wh1te'rabb;it";

    /// <summary>The server of the tests trusts everyone, so that the password may be any.</summary>
    private PostgresDatabase WithPassword()
    {
        using var connection = TestDatabase.Open();
        var text = new NpgsqlConnectionStringBuilder(connection.ConnectionString)
        {
            Password = Password,
        };
        return new PostgresDatabase(
            new PostgresConnectionText(static _ => null).ParseAdo(text.ConnectionString) with
            {
                AllowsUntested = true,
            }
        );
    }

    [Test]
    public void It_is_handed_over()
    {
        string? read = null;
        Assert.That(Up(m => Read(m, value => read = value)).Failure, Is.Null);

        Assert.That(read, Is.EqualTo(Password));
        Assert.That(Dump(), Does.Not.Contain("rabb"));
    }

    private static IEnumerable<TestCaseData> Texts =>
        [
            Text("the connection string", m => m.ConnectionString.Replace("'", "''")),
            Text("the password", m => Of(m).Replace("'", "''")),
            Text("in base64", m => Convert.ToBase64String(Encoding.UTF8.GetBytes(Of(m)))),
            Text("with a Guid beside it", m => $"{Guid.NewGuid()} {Of(m).Replace("'", "''")}"),
            Text(
                "by a migration that throws elsewhere",
                m => Of(m) is Password ? "wh1te''rabb;it" : throw new InvalidOperationException()
            ),
        ];

    [TestCaseSource(nameof(Texts))]
    public void A_text_with_it_is_refused_and_stored_nowhere(Func<Migration, string> text)
    {
        var before = Dump();
        var result = Up(m => m.Execute.Sql($"CREATE TABLE t AS SELECT '{text(m)}' AS v"));

        Assert.That(result.Failure, Is.InstanceOf<MigrationFailedException>());
        Assert.That(
            result.Failure!.Message,
            Is.EqualTo(
                "Up of 1_One writes the password of the connection into its SQL, which would be shown and stored."
            )
        );
        Assert.That(Dump(), Is.EqualTo(before));
    }

    [Test]
    public void A_Down_with_it_is_irreversible_and_its_reason_does_not_repeat_it()
    {
        foreach (
            var down in new Action<Migration>[]
            {
                m => m.Execute.Sql($"SELECT '{Of(m).Replace("'", "''")}'"),
                m => throw new InvalidOperationException(m.ConnectionString),
            }
        )
        {
            Assert.That(Up(static m => m.Execute.Sql("SELECT 1"), down).Failure, Is.Null);
            Assert.That(
                Query("SELECT \"Reversal\" FROM \"VersionJournal\""),
                Is.EqualTo(new[] { "none" })
            );
            Assert.That(Dump(), Does.Not.Contain("rabb"));
            Execute("DROP TABLE \"VersionInfo\", \"VersionJournal\"");
        }
    }

    [Test]
    public void What_depends_on_the_host_alone_runs() =>
        Assert.That(
            Up(m =>
                m.Execute.Sql(
                    $"CREATE TABLE t AS SELECT '{new NpgsqlConnectionStringBuilder(m.ConnectionString).Database}' AS v"
                )
            ).Failure,
            Is.Null
        );

    private Engine.Running.RunResult Up(Action<Migration> up, Action<Migration>? down = null) =>
        new Engine.Running.MigrationRunner(
            WithPassword(),
            MigrationsOf.Catalog(
                MigrationsOf.Code(
                    1,
                    "One",
                    up,
                    down ?? (static m => m.Execute.Sql("SELECT 1"))
                ) with
                {
                    ReadsConnectionString = true,
                }
            ),
            () => HistoryOf.Origin
        ).Run(
            new UpRequest(),
            new Engine.Running.RunSettings(TimeSpan.FromSeconds(5)),
            new SilentObserver(),
            default
        );

    private static void Read(Migration migration, Action<string?> heard)
    {
        if (Of(migration) is not "***" and var password)
        {
            heard(password);
        }

        migration.Execute.Sql("SELECT 1");
    }

    private static string Of(Migration migration) =>
        new NpgsqlConnectionStringBuilder(migration.ConnectionString).Password!;

    private static TestCaseData Text(string name, Func<Migration, string> text) =>
        new TestCaseData(text).SetArgDisplayNames(name);
}
