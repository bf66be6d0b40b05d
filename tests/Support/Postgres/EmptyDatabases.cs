using System.Collections.Concurrent;

namespace Nitejar.Tests;

/// <summary>
/// Databases of tests that are done, emptied for the next ones: making a database means some 300 files, which takes longer than
/// most tests.
/// </summary>
internal static class EmptyDatabases
{
    private static readonly ConcurrentBag<ThrowawayDatabase> s_empty = [];

    /// <summary>A database as a new one is, on the shared server, which is emptied when it is disposed.</summary>
    public static ThrowawayDatabase Take() =>
        s_empty.TryTake(out var empty)
            ? empty
            : PostgresServer.Shared().CreateDatabase(isReused: true);

    /// <summary>Gives a database to the next test.</summary>
    public static void Return(ThrowawayDatabase database) => s_empty.Add(database);
}
