using Microsoft.Data.Sqlite;

namespace Nitejar.Migrations.Faults.Tests.Harness.Sites;

/// <summary>
/// Makes a migration applied that the program does not know, with a Down of any SQL: the way to have the program
/// itself execute what a test wants.
/// </summary>
internal static class Foreign
{
    public const long Version = 20990101000000;

    /// <summary>As a newer nitejar-migrate records it.</summary>
    public static void Apply(SqliteConnection connection, string downSql, long version = Version)
    {
        RecordVersion(connection, version);
        Journal(connection, version, ("applied", "sql"), downSql);
    }

    /// <summary>As stock FluentMigrator records it: no journal.</summary>
    public static void RecordVersion(SqliteConnection connection, long version = Version) =>
        connection.Run(
            $"INSERT INTO VersionInfo VALUES ({version}, '2026-01-01 00:00:00', 'Foreign{version}')"
        );

    /// <summary>A journal row alone.</summary>
    public static void Journal(
        SqliteConnection connection,
        long version,
        (string Outcome, string Reversal) end,
        string? downSql
    ) =>
        connection.Run(
            $"""
            INSERT INTO VersionJournal (RunId, Version, Name, Direction, Outcome, Reversal, ReversalNote, DownSql)
            VALUES ('foreign', {version}, 'Foreign{version}', 'up', '{end.Outcome}', '{end.Reversal}', 'no way back',
                {(downSql is null ? "NULL" : Sql.Text(downSql))})
            """
        );
}
