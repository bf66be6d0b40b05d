using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Reading;

namespace Nitejar.Migrations.Engine.Trust.Adopting;

/// <summary>Knows the tables in which other tools keep their histories. None of them is ever written.</summary>
public static class OtherHistories
{
    private const int LongestEntry = 200;

    /// <summary>The tables, with the column that names an entry and those that order the entries.</summary>
    private static readonly Source[] Sources =
    [
        new("Kysely", "kysely_migration", "name", ["timestamp", "name"]),
        new("Entity Framework", "__EFMigrationsHistory", "MigrationId", ["MigrationId"]),
        new("Flyway", "flyway_schema_history", "script", ["installed_rank"]),
        new("Rails, golang-migrate or dbmate", "schema_migrations", "version", ["version"]),
        new("goose", "goose_db_version", "version_id", ["id"]),
        new("Knex", "knex_migrations", "name", ["id"]),
        new("Drizzle", "__drizzle_migrations", "created_at", ["created_at"]),
        new("Prisma", "_prisma_migrations", "migration_name", ["started_at", "migration_name"]),
    ];

    /// <summary>Finds those that the database has, each with its newest entry; empty for <see langword="null"/>, a database that does not exist.</summary>
    public static IReadOnlyList<OtherHistory> Read(DatabaseReader? database) =>
        database?.Translate(_ => Find(database.Schema)) ?? [];

    private static OtherHistory[] Find(ISchemaQueries database) =>
        [
            .. Sources
                .Where(source => database.TableExists(null, source.Table))
                .Select(source => new OtherHistory(
                    source.Tool,
                    source.Table,
                    NewestIn(database, source)
                )),
        ];

    /// <summary>All of them in a sentence; empty without any.</summary>
    internal static string ToSentence(IReadOnlyList<OtherHistory> histories) =>
        histories.Count == 0
            ? ""
            : $" The database has the history of another tool: {string.Join("; ", histories)}.";

    private static string? NewestIn(ISchemaQueries database, Source source)
    {
        try
        {
            var newest = database.Read(
                $"SELECT {Quote(source.Entry)} FROM {Quote(source.Table)} ORDER BY {string.Join(", ", source.Order.Select(column => $"{Quote(column)} DESC"))} LIMIT 1"
            );
            return newest.Rows is [[{ } entry]] ? Shorten($"{entry}") : null;
        }
        catch (NotSupportedException)
        {
            // A table of the name that is not the tool's.
            return null;
        }
    }

    private static string Shorten(string entry) =>
        entry.Length <= LongestEntry ? entry : $"{entry[..LongestEntry]}...";

    private static string Quote(string name) => $"\"{name}\"";

    private sealed record Source(string Tool, string Table, string Entry, string[] Order);
}
