using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sql;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Sessions;

/// <summary>
/// Constraints that are checked when the transaction ends. While one still has rows to check, the server refuses most changes
/// of their table (55006). In a run, whose migrations share a transaction, those may be an earlier migration's rows.
/// </summary>
internal sealed class DeferredConstraints(NpgsqlConnection connection)
{
    private const string Word = "DEFERR";
    private const string Change = "nitejar_change";
    private const string AtOnce = "SET CONSTRAINTS ALL IMMEDIATE";

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

    private bool _isWritten;
    private bool? _exist;
    private bool _isAtOnce;

    /// <summary>Whether something may wait to be checked.</summary>
    public bool MayWait => _isWritten && (_exist ??= Exist());

    /// <summary>Notes what a statement has done.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="changes">How many rows it wrote.</param>
    public void After(Statement statement, long changes)
    {
        _isWritten |=
            changes > 0
            || (
                statement.Effects.Count == 0 && !PostgresStatement.RefusesTransaction(statement.Sql)
            );
        if (statement.Sql.Contains(Word, StringComparison.OrdinalIgnoreCase))
        {
            AfterDeclaration();
        }
    }

    /// <summary>Notes that something was done of which nothing is known.</summary>
    public void AfterCode()
    {
        _isWritten = true;
        AfterDeclaration();
    }

    /// <summary>Notes that rows were written, or a check undone, past any statement of a migration.</summary>
    public void AfterRows() => _isWritten = true;

    /// <summary>Notes that the transaction has ended, and that nothing waits any more.</summary>
    public void AfterTransaction() => _isWritten = false;

    /// <summary>Changes a table; where that is refused for rows that wait to be checked, they are checked first.</summary>
    /// <param name="change">The change, called once more after a refusal.</param>
    /// <exception cref="PostgresException">A row violates a constraint, or the change is refused for another reason.</exception>
    public void Allow(Action change)
    {
        if (!TryNow(change))
        {
            Check();
            change();
        }
    }

    /// <summary>Changes a table, unless rows of it wait to be checked. What waits on other tables waits on.</summary>
    /// <returns>Whether it is done; else nothing has changed.</returns>
    /// <exception cref="PostgresException">The change is refused for another reason.</exception>
    public bool TryNow(Action change)
    {
        if (!MayWait)
        {
            change();
            return true;
        }

        connection.Execute($"SAVEPOINT {Change}");
        try
        {
            change();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ObjectInUse)
        {
            connection.Execute($"ROLLBACK TO SAVEPOINT {Change}; RELEASE SAVEPOINT {Change}");
            return false;
        }

        connection.Execute($"RELEASE SAVEPOINT {Change}");
        return true;
    }

    /// <summary>Checks all that waits to be checked.</summary>
    /// <exception cref="PostgresException">A row violates a constraint.</exception>
    public void Check()
    {
        if (MayWait)
        {
            connection.Execute(_isAtOnce ? AtOnce : CheckNow);
            _isWritten = false;
        }
    }

    /// <summary>Checks what waits to be checked, and from here on all as soon as it is written, or as it was declared.</summary>
    /// <exception cref="PostgresException">A row violates a constraint.</exception>
    public void CheckAtOnce(bool isAtOnce)
    {
        (_isAtOnce, _isWritten) = (isAtOnce, true);
        Check();
    }

    /// <summary>A constraint may have been made or changed. Where all are checked at once, so is it, whether or not others were there before.</summary>
    private void AfterDeclaration()
    {
        _exist = null;
        if (_isAtOnce)
        {
            CheckAtOnce(true);
        }
    }

    private bool Exist() =>
        connection.Any("SELECT 1 FROM pg_catalog.pg_constraint WHERE condeferrable LIMIT 1");
}
