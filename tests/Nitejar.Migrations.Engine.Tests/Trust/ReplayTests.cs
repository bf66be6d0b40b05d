using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Trust;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Engine.Tests.Trust;

public sealed class ReplayTests
{
    private SqliteTestDatabase _target = null!;

    [SetUp]
    public void CreateTarget() => _target = new SqliteTestDatabase();

    [TearDown]
    public void DeleteTarget() => _target.Dispose();

    [Test]
    public void Shows_the_schema_after_each_migration_and_touches_no_other_database()
    {
        string folder;
        using (var replay = ReplayOf())
        {
            Assert.That(replay.ReadSchema().Tables, Is.Empty);
            for (var applied = 1; applied <= 2; applied++)
            {
                Assert.That(Up(replay).Steps, Has.Count.EqualTo(1));
                Assert.That(replay.ReadSchema().Tables, Has.Count.EqualTo(applied));
            }

            folder = Path.GetDirectoryName(((SqliteDatabase)replay.Database).Path)!;
            Assert.That(Up(replay).Steps, Is.Empty);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Directory.Exists(folder), Is.False, "the folder is left behind");
            Assert.That(File.Exists(((SqliteDatabase)_target.Database).Path), Is.False);
        }
    }

    [TestCase("delete")]
    [TestCase("wal")]
    public void Has_the_journal_mode_of_the_database_that_it_stands_for(string mode)
    {
        _target.Execute($"PRAGMA journal_mode={mode}; CREATE TABLE own (id INTEGER)");

        using var replay = ReplayOf();
        Up(replay);

        using var connection = new SqliteConnection(
            $"Data Source={((SqliteDatabase)replay.Database).Path};Pooling=False"
        );
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";
        Assert.That(command.ExecuteScalar(), Is.EqualTo(mode));
    }

    private static RunResult Up(Replay replay)
    {
        var result = replay.Run(new UpRequest(Steps: 1), CancellationToken.None);
        Assert.That(result.Failure, Is.Null);
        return result;
    }

    private Replay ReplayOf() =>
        new(
            _target.Database,
            MigrationsOf.Catalog(MigrationsOf.Table(1, "a"), MigrationsOf.Table(2, "b")),
            () => HistoryOf.Origin
        );
}
