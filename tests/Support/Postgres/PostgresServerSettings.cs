namespace Nitejar.Tests;

/// <summary>How a server of a test's own differs from the shared one.</summary>
internal sealed record PostgresServerSettings
{
    /// <summary>The major version; <see langword="null"/> for the newest one that is installed.</summary>
    public int? Version { get; init; }

    /// <summary>Whether it listens on 127.0.0.1 as well, at a free port.</summary>
    public bool ListensOnLoopback { get; init; }

    /// <summary>The primary that it follows; <see langword="null"/> for a server of its own.</summary>
    public PostgresServer? StandbyOf { get; init; }

    /// <summary>Settings of the server by their names in postgresql.conf.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } =
        new Dictionary<string, string>();
}
