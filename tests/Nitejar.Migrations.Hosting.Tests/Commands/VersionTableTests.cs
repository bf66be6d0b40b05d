using FluentMigrator;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.VersionTableInfo;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Commands;

/// <summary>Each command finds the history where the class of the migrations keeps it.</summary>
public sealed class VersionTableTests
{
    private TemporaryFolder _folder = null!;

    private string Database => _folder["shop.db"];

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Every_command_reads_and_writes_that_table()
    {
        var host = new Host(Entry<Products>(1, "versions"));
        Assert.That(host.Run("up", "-c", Database).ExitCode, Is.Zero);
        var backup = _folder["backup.db"];
        Assert.That(host.Run("backup", "--to", backup, "-c", Database).ExitCode, Is.Zero);

        Assert.That(
            host.Run("status", "--check", "-c", Database).Answer,
            Does.Contain("1_Products")
        );
        Assert.That(host.Run("schema", "-c", Database).Answer, Does.Not.Contain("versions"));
        Assert.That(host.Run("script", "up").Answer, Does.Contain("INSERT INTO \"versions\""));
        Assert.That(host.Run("down", "--all", "--yes", "-c", Database).ExitCode, Is.Zero);
        Assert.That(Versions(), Is.Zero);
        var restored = host.Run("restore", backup, "--yes", "-c", Database);
        Assert.That(restored.ExitCode, Is.Zero, $"{restored}");
        Assert.That(Versions(), Is.EqualTo(1));
        Assert.That(Count("sqlite_master WHERE name = 'VersionInfo'"), Is.Zero);
    }

    [Test]
    public void Projects_that_name_different_ones_are_refused()
    {
        var refused = new Host(Entry<Products>(1, "versions"), Entry<Prices>(2, "history")).Run(
            "up",
            "-c",
            Database
        );

        Assert.That(refused.ExitCode, Is.EqualTo(2), $"{refused}");
        Assert.That(refused.Diagnostics, Does.Contain("versions").And.Contain("history"));
        Assert.That(File.Exists(Database), Is.False);
    }

    private static (MigrationAttribute, Attribute[], string, Func<IMigration>) Entry<T>(
        long version,
        string table
    )
        where T : IMigration, new() =>
        (
            new MigrationAttribute(version),
            [new MigrationTraitAttribute("VersionTable", new Metadata(table))],
            typeof(T).Name,
            () => new T()
        );

    private long Versions() => Count("versions");

    private long Count(string table)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return (long)command.ExecuteScalar()!;
    }

    private sealed class Metadata(string table)
        : DefaultVersionTableMetaData(
            new DefaultConventionSet(),
            new OptionsWrapper<RunnerOptions>(new RunnerOptions())
        )
    {
        public override string TableName => table;
    }

    private sealed class Products : AutoReversingMigration
    {
        public override void Up() => Create.Table("product").WithColumn("id").AsInt64();
    }

    private sealed class Prices : AutoReversingMigration
    {
        public override void Up() => Create.Table("price").WithColumn("id").AsInt64();
    }
}
