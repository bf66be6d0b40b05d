using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Postgres.Sql.Parsing;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Running;

/// <summary>
/// Looks in the catalog for what a statement has left that works in several transactions of its own. All others are
/// executed in a transaction, which leaves nothing, or can be executed again.
/// </summary>
internal static class PostgresOutcomes
{
    private const string Savepoint = "nitejar_outcome";

    private const string Indexes = """
        SELECT c.oid::regclass::text, i.indisvalid, pg_get_indexdef(c.oid)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE i.indrelid = to_regclass(@table) AND (@name::text IS NULL OR c.relname = @name::text)
        """;

    private const string Leftovers = """
        SELECT c.oid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$' AND
        """;

    private const string OfIndex =
        "i.indrelid = (SELECT indrelid FROM pg_index WHERE indexrelid = to_regclass(@object))";

    private const string OfTable =
        "i.indrelid IN (SELECT unnest(ARRAY[oid, reltoastrelid]) FROM pg_class WHERE oid = to_regclass(@object))";

    /// <summary>Pending since PostgreSQL 14, where the statement exists.</summary>
    private const string Attached =
        "SELECT coalesce(to_jsonb(h) ->> 'inhdetachpending', 'false') FROM pg_inherits h WHERE h.inhrelid = to_regclass(@partition) AND h.inhparent = to_regclass(@table)";

    /// <inheritdoc cref="IMigrationSession.FindOutcome"/>
    public static StatementOutcome Find(NpgsqlConnection connection, string sql) =>
        ConcurrentStatement.Read(sql) is not { } statement
            ? StatementOutcome.NotExecuted
            : statement.Kind switch
            {
                ConcurrentKind.MakeIndex => OfMade(connection, statement),
                ConcurrentKind.DropIndex => connection.Any(
                    "SELECT 1 WHERE to_regclass(@name) IS NULL",
                    ("name", statement.Object)
                )
                    ? StatementOutcome.Executed
                    : StatementOutcome.NotExecuted,
                ConcurrentKind.RebuildIndex => OfRebuilt(connection, statement, OfIndex),
                ConcurrentKind.RebuildTable => OfRebuilt(connection, statement, OfTable),
                ConcurrentKind.RebuildAll => OfRebuilt(connection, statement, "@object = ''"),
                ConcurrentKind.Detach => OfDetached(connection, statement),
                _ => throw new ArgumentOutOfRangeException(nameof(sql)),
            };

    /// <summary>An index that is there counts as the one that is asked for if it is valid and made in the same way.</summary>
    private static StatementOutcome OfMade(NpgsqlConnection connection, ConcurrentStatement made)
    {
        var found = connection.Query(
            Indexes,
            row => new FoundIndex(row.GetString(0), row.GetBoolean(1), row.GetString(2)),
            ("table", made.Object),
            ("name", made.IndexName)
        );
        if (found.Count == 0)
        {
            return StatementOutcome.NotExecuted;
        }

        var wanted = DefinitionOf(connection, made);
        var same = found.Where(index => wanted is not null && IsSame(index.Sql, wanted)).ToArray();
        var broken = (made.IndexName is null ? same : [.. found]).Where(index => !index.IsValid);
        return same.Any(index => index.IsValid)
            ? StatementOutcome.Executed
            : Broken([.. broken.Select(index => index.Name)]);
    }

    private static StatementOutcome OfRebuilt(
        NpgsqlConnection connection,
        ConcurrentStatement rebuilt,
        string scope
    ) =>
        Broken(
            connection.Query(
                $"{Leftovers} {scope}",
                row => row.GetString(0),
                ("object", rebuilt.Object)
            )
        );

    private static StatementOutcome Broken(List<string> indexes) =>
        indexes.Count == 0
            ? StatementOutcome.NotExecuted
            : new StatementOutcome(
                StatementState.Incomplete,
                (
                    $"the invalid index {string.Join(", ", indexes)}",
                    [.. indexes.Select(index => $"DROP INDEX CONCURRENTLY IF EXISTS {index}")]
                )
            );

    private static StatementOutcome OfDetached(
        NpgsqlConnection connection,
        ConcurrentStatement detached
    ) =>
        connection.Query(
            Attached,
            row => row.GetString(0),
            ("partition", detached.Partition),
            ("table", detached.Object)
        ) switch
        {
            [] => StatementOutcome.Executed,
            ["true"] => new StatementOutcome(
                StatementState.Incomplete,
                (
                    $"the partition {detached.Partition}, half detached",
                    [
                        $"ALTER TABLE {detached.Object} DETACH PARTITION {detached.Partition} FINALIZE",
                    ]
                )
            ),
            ["false"] => StatementOutcome.NotExecuted,
            _ => throw new InvalidOperationException(
                $"The partition {detached.Partition} is attached more than once."
            ),
        };

    private static bool IsSame(string sql, string wanted) =>
        ConcurrentStatement.ReadDefinition(sql) is { } found
        && ConcurrentStatement.ReadDefinition(wanted) is { } index
        && (found.IsUnique, found.Definition) == (index.IsUnique, index.Definition);

    /// <summary>How the server says what the statement would make: it makes it, of a table without rows, and that is undone.</summary>
    /// <returns><see langword="null"/> where it cannot be made.</returns>
    private static string? DefinitionOf(NpgsqlConnection connection, ConcurrentStatement made)
    {
        connection.Execute($"SAVEPOINT {Savepoint}");
        try
        {
            var table = connection.Query(
                "SELECT quote_ident(relname) FROM pg_class WHERE oid = to_regclass(@table)",
                row => row.GetString(0),
                ("table", made.Object)
            )[0];
            connection.Execute($"CREATE TEMP TABLE {table} (LIKE {made.Object})");
            connection.Execute(
                $"CREATE {(made.IsUnique ? "UNIQUE " : "")}INDEX {Savepoint} ON pg_temp.{table} {made.Definition}"
            );
            return connection.Query(
                $"SELECT pg_get_indexdef('pg_temp.{Savepoint}'::regclass)",
                row => row.GetString(0)
            )[0];
        }
        catch (PostgresException)
        {
            return null;
        }
        finally
        {
            connection.Execute($"ROLLBACK TO SAVEPOINT {Savepoint}; RELEASE SAVEPOINT {Savepoint}");
        }
    }

    /// <param name="name">Its name, as SQL.</param>
    /// <param name="isValid">Whether queries may use it.</param>
    /// <param name="sql">How the server says that it was made.</param>
    private sealed class FoundIndex(string name, bool isValid, string sql)
    {
        public string Name => name;

        public bool IsValid => isValid;

        public string Sql => sql;
    }
}
