using Nitejar.Migrations.Tests.Chains.Places;
using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains;

/// <summary>One chain that is tried: a folder, random numbers of its own, and a log of what was done.</summary>
internal sealed class ChainTrial(int seed, Tally tally, ChainKind kind = ChainKind.Sqlite)
    : IDisposable
{
    private readonly List<string> _log = [];

    /// <summary>Others than those that the chain was made of.</summary>
    public Random Random { get; } = new(unchecked((seed * 397) ^ 1));

    /// <summary>Where its databases are.</summary>
    public ChainPlace Place { get; } = ChainPlace.Of(kind);

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

    /// <summary>All that a database holds.</summary>
    public ChainDump Dump(string name) => Place.Dump(name);

    /// <summary>Does what users do.</summary>
    public void Execute(string sql)
    {
        if (sql.Length == 0)
        {
            return;
        }

        using var connection = Place.Open("ours");
        using var command = connection.Command(sql);
        command.ExecuteNonQuery();
    }

    /// <summary>What is still in the archive, and why, for a failure.</summary>
    public string Archive()
    {
        using var connection = Place.Open("ours");
        return string.Join(
            '\n',
            Place
                .Rows(connection, "VersionArchive")
                .Select(entry =>
                    $"  archive {entry["Id"]}, version {entry["Version"]}: {entry["TableName"]}.{entry["ColumnName"]}, {entry["Rows"]} rows {entry["State"]}: {entry["Reason"]}"
                )
                .DefaultIfEmpty("  the archive is empty")
        );
    }

    /// <summary>What each migration executed and what reverts it, for a failure.</summary>
    public string Migrations()
    {
        using var connection = Place.Open("ours");
        return string.Join(
            '\n',
            Place
                .Rows(connection, "VersionJournal")
                .Where(entry => $"{entry["Direction"]}" == "'up'")
                .DistinctBy(entry => entry["Version"])
                .Select(entry =>
                    $"  -- up {entry["Version"]}\n{entry["UpSql"]}\n  -- down {entry["Version"]}\n{entry["DownSql"]}"
                )
        );
    }

    public override string ToString() => string.Join("; ", _log);

    public void Dispose() => Place.Dispose();
}
