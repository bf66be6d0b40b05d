using Microsoft.Data.Sqlite;
using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains;

/// <summary>One chain that is tried: a folder, random numbers of its own, and a log of what was done.</summary>
internal sealed class ChainTrial(int seed, Tally tally) : IDisposable
{
    /// <summary>Where files are kept in memory: thousands of commits would wait for the disk, which is not what is tested.</summary>
    private const string Memory = "/dev/shm";

    private readonly string _folder = Directory
        .CreateDirectory(
            Path.Combine(
                Directory.Exists(Memory) ? Memory : Path.GetTempPath(),
                $"nitejar-test-{Guid.NewGuid():N}"
            )
        )
        .FullName;
    private readonly List<string> _log = [];

    /// <summary>Others than those that the chain was made of.</summary>
    public Random Random { get; } = new(unchecked((seed * 397) ^ 1));

    /// <summary>The path of a file, which need not exist.</summary>
    public string this[string name] => Path.Combine(_folder, name);

    /// <summary>Notes something that is done, for a failure.</summary>
    /// <param name="kind">What is counted of it; <see langword="null"/> for nothing.</param>
    /// <param name="what">The details.</param>
    public void Note(string? kind, string what = "")
    {
        _log.Add($"{kind} {what}".Trim());
        if (kind is not null)
        {
            tally.Count(kind);
        }
    }

    /// <summary>Whether something of this kind was noted.</summary>
    public bool WasDone(string kind) =>
        _log.Exists(line => line.StartsWith(kind, StringComparison.Ordinal));

    public bool OneIn(int count) => Random.Next(count) == 0;

    /// <summary>Opens a file as a program of users would, with references checked.</summary>
    public SqliteConnection Open(string name)
    {
        var connection = new SqliteConnection(
            $"Data Source={this[name]};Pooling=False;Foreign Keys=True"
        );
        connection.Open();
        return connection;
    }

    /// <summary>Does what users do.</summary>
    public void Execute(string sql)
    {
        using var connection = Open("ours.db");
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>What is still in the archive, and why, for a failure.</summary>
    public string Archive()
    {
        using var connection = Open("ours.db");
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE name = 'VersionArchive'";
        return command.ExecuteScalar() is null
            ? "  the archive is empty"
            : string.Join(
                '\n',
                ChainDump
                    .Rows(connection, "VersionArchive")
                    .Select(entry =>
                        $"  archive {entry["Id"]}, version {entry["Version"]}: {entry["TableName"]}.{entry["ColumnName"]}, {entry["Rows"]} rows {entry["State"]}: {entry["Reason"]}"
                    )
            );
    }

    /// <summary>What each migration executed and what reverts it, for a failure.</summary>
    public string Migrations()
    {
        using var connection = Open("ours.db");
        return string.Join(
            '\n',
            ChainDump
                .Rows(connection, "VersionJournal")
                .Where(entry => $"{entry["Direction"]}" == "'up'")
                .DistinctBy(entry => entry["Version"])
                .Select(entry =>
                    $"  -- up {entry["Version"]}\n{entry["UpSql"]}\n  -- down {entry["Version"]}\n{entry["DownSql"]}"
                )
        );
    }

    public override string ToString() => string.Join("; ", _log);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
