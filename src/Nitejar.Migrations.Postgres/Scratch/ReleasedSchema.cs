using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Postgres.Connections;
using Nitejar.Migrations.Postgres.Sql;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Scratch;

/// <summary>
/// Makes a released schema from a file of SQL: what <c>schema</c> prints, or what <c>pg_dump</c> writes as a plain text without
/// roles and without COPY.
/// </summary>
internal static class ReleasedSchema
{
    private const string HowToDump =
        "Write the file with `schema`, or with `pg_dump --schema-only --no-owner --no-privileges`.";

    /// <summary>Executes the statements of the file in an empty database.</summary>
    /// <exception cref="DatabaseUnavailableException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="RefusedException">It is not SQL that makes a schema there.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Make(PostgresTarget target, string path, CancellationToken cancellation)
    {
        var sql = Read(path);
        if (sql.StartsWith("PGDMP", StringComparison.Ordinal))
        {
            throw new RefusedException($"{path} is not SQL but an archive of pg_dump.", HowToDump);
        }

        using var opened = PostgresConnections.Open(
            target,
            new SessionStart(
                target.Schema,
                StatementTimeout: null,
                LockTimeout: null,
                IsReadOnly: false
            )
        );
        foreach (var statement in PostgresStatements.Split(WithoutRestrictions(sql)))
        {
            cancellation.ThrowIfCancellationRequested();
            Execute(opened.Connection, path, statement);
        }
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnavailableException(
                $"{path} cannot be read, so there is no schema to begin with: {e.Message.TrimEnd('.')}.",
                "Correct the path.",
                e
            );
        }
    }

    /// <summary>pg_dump puts the text between two commands of psql, which keep others in it from being executed. Here none is.</summary>
    private static string WithoutRestrictions(string sql) =>
        string.Join(
            '\n',
            sql.Split('\n')
                .Select(line => line is ['\\', 'r' or 'u', ..] && IsRestriction(line) ? "" : line)
        );

    private static bool IsRestriction(string line) =>
        line.StartsWith(@"\restrict ", StringComparison.Ordinal)
        || line.StartsWith(@"\unrestrict ", StringComparison.Ordinal);

    private static void Execute(NpgsqlConnection connection, string path, PostgresText statement)
    {
        var problem = PostgresRestrictions.FindViolation(statement.Sql);
        PostgresException? cause = null;
        if (problem is null)
        {
            try
            {
                using var batch = new NpgsqlBatch(connection)
                {
                    BatchCommands = { new(statement.Sql) },
                };
                batch.ExecuteNonQuery();
            }
            catch (PostgresException e) when (!PostgresErrors.IsAboutTheConnection(e))
            {
                (problem, cause) = (e.MessageText, e);
            }
            catch (Exception e) when (PostgresErrors.IsOfDriver(e))
            {
                throw PostgresErrors.Unavailable(path, e);
            }
        }

        // The schema that migrations work in is there already.
        if (problem is not null && cause?.SqlState != PostgresErrorCodes.DuplicateSchema)
        {
            throw new RefusedException(
                $"{path} does not make a schema in an empty database: line {statement.Line}: {problem.TrimEnd('.')}.",
                HowToDump,
                cause
            );
        }
    }
}
