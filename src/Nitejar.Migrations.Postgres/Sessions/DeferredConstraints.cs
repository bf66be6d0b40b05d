using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Sessions;

/// <summary>
/// Constraints that are checked when the transaction ends. While one still has rows to check, the server refuses to
/// change their table (55006). In a run, whose migrations share a transaction, those may be an earlier migration's rows.
/// </summary>
internal sealed class DeferredConstraints(NpgsqlConnection connection)
{
    private const string Word = "DEFERR";

    /// <summary>Lets what is deferred be checked now, and what is checked at once for the time being be as it was declared.</summary>
    private const string CheckNow = """
        DO $nitejar$
        DECLARE deferred text;
        BEGIN
            SET CONSTRAINTS ALL IMMEDIATE;
            SELECT string_agg(k.name, ', ') INTO deferred FROM (
                SELECT format('%I.%I', n.nspname, c.conname) AS name
                FROM pg_catalog.pg_constraint AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.connamespace
                GROUP BY n.nspname, c.conname HAVING bool_and(c.condeferrable) AND bool_or(c.condeferred)
            ) AS k;
            IF deferred IS NOT NULL THEN
                EXECUTE 'SET CONSTRAINTS ' || deferred || ' DEFERRED';
            END IF;
        END $nitejar$
        """;

    /// <summary>The tables that were written since all was checked; <see langword="null"/> where that is not known.</summary>
    private HashSet<string>? _written = [];
    private bool? _exist;
    private bool _isAtOnce;

    /// <summary>Whether something may wait to be checked.</summary>
    public bool MayWait => _written is not { Count: 0 } && (_exist ??= Exist());

    /// <summary>Notes what a statement has done.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="changes">How many rows it wrote.</param>
    public void After(Statement statement, long changes)
    {
        if (changes > 0 && (statement.IsOpaque || statement.Effects.Count == 0))
        {
            _written = null;
        }
        else if (changes > 0)
        {
            _written?.UnionWith(statement.Effects.Select(effect => effect.Name));
        }

        if (statement.Sql.Contains(Word, StringComparison.OrdinalIgnoreCase))
        {
            _exist = true;
        }
    }

    /// <summary>Notes that something was done of which nothing is known.</summary>
    public void AfterCode() => (_exist, _written) = (true, null);

    /// <summary>Notes that rows were written, past any statement of a migration.</summary>
    public void AfterRows() => _written = null;

    /// <summary>Checks what waits to be checked, where a statement could not change its tables before that.</summary>
    /// <exception cref="PostgresException">A row violates a constraint.</exception>
    public void CheckBefore(Statement statement)
    {
        if (statement.IsOpaque || WaitOn(statement.Effects.SelectMany(TablesOf)))
        {
            Check();
        }
    }

    /// <summary>Whether something may wait to be checked on one of these tables.</summary>
    public bool WaitOn(IEnumerable<string> tables) =>
        MayWait
        && connection.Any(
            """
            SELECT 1 FROM pg_constraint AS k JOIN pg_class AS c ON c.oid IN (k.conrelid, k.confrelid)
            WHERE k.condeferrable AND c.relname = ANY (string_to_array(@names, chr(31))) LIMIT 1
            """,
            (
                "@names",
                string.Join('\u001f', tables.Where(table => _written?.Contains(table) != false))
            )
        );

    /// <summary>Checks all that waits to be checked.</summary>
    /// <exception cref="PostgresException">A row violates a constraint.</exception>
    public void Check()
    {
        if (MayWait)
        {
            connection.Execute(_isAtOnce ? "SET CONSTRAINTS ALL IMMEDIATE" : CheckNow);
            _written = [];
        }
    }

    /// <summary>Checks what waits to be checked, and from here on all as soon as it is written, or as it was declared.</summary>
    /// <exception cref="PostgresException">A row violates a constraint.</exception>
    public void CheckAtOnce(bool isAtOnce)
    {
        (_isAtOnce, _written) = (isAtOnce, null);
        Check();
    }

    private static IEnumerable<string> TablesOf(Effect effect) =>
        effect.Table is { } table ? [effect.Name, table.Name] : [effect.Name];

    private bool Exist() =>
        connection.Any("SELECT 1 FROM pg_catalog.pg_constraint WHERE condeferrable LIMIT 1");
}
