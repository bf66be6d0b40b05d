using System.Data.Common;
using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Sqlite;
using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains.Places;

/// <summary>A folder of SQLite files.</summary>
internal sealed class SqliteChainPlace : ChainPlace
{
    /// <summary>Where files are kept in memory: thousands of commits would wait for the disk, which is not what is tested.</summary>
    private const string Memory = "/dev/shm";

    private const int ConstraintViolated = 19;

    private readonly string _folder = Directory
        .CreateDirectory(
            Path.Combine(
                Directory.Exists(Memory) ? Memory : Path.GetTempPath(),
                $"nitejar-test-{Guid.NewGuid():N}"
            )
        )
        .FullName;

    public override ChainKind Kind => ChainKind.Sqlite;

    public override bool ChecksAtOnce => false;

    public override string WithOwnNumbers => "";

    public override IDatabase Database(string name) => new SqliteDatabase(PathOf(name));

    public override void Configure(IMigrationRunnerBuilder builder, string name, bool checks) =>
        builder
            .AddSQLite()
            .WithGlobalConnectionString(
                $"Data Source={PathOf(name)};Pooling=False;Foreign Keys={checks}"
            );

    public override DbConnection Open(string name)
    {
        var connection = new SqliteConnection(
            $"Data Source={PathOf(name)};Pooling=False;Foreign Keys=True"
        );
        connection.Open();
        return connection;
    }

    public override ChainDump Dump(string name) => ChainDump.Of(PathOf(name));

    public override IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(
        DbConnection connection,
        string table
    ) =>
        connection
            .Column($"SELECT name FROM sqlite_master WHERE type = 'table' AND name = '{table}'")
            .Count == 0
            ? []
            : ChainDump.Rows((SqliteConnection)connection, table);

    public override void Copy(string name, string copy) =>
        File.Copy(PathOf(name), PathOf(copy), overwrite: true);

    public override bool IsBroken(string name)
    {
        using var connection = Open(name);
        return connection.Column("SELECT \"table\" FROM pragma_foreign_key_check").Count > 0;
    }

    public override IReadOnlyList<string> ArchiveTables(DbConnection connection) =>
        connection.Column(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'VersionArchive_[0-9]*'"
        );

    public override bool IsConstraint(DbException refused) =>
        refused is SqliteException { SqliteErrorCode: ConstraintViolated };

    public override void Dispose() => Directory.Delete(_folder, recursive: true);

    private string PathOf(string name) => Path.Combine(_folder, $"{name}.db");
}
