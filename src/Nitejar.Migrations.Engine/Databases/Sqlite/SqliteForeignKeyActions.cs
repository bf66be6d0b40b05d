using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>
/// Lets ON DELETE and ON UPDATE take effect in steps that only insert, change and delete rows, as authors who know
/// Microsoft.Data.Sqlite expect. Steps that drop or rename tables, replace rows or run code have foreign keys off:
/// a DROP would delete the rows that refer to the table, without a word.
/// </summary>
/// <remarks>
/// The pragma does nothing inside a transaction, the connection's setting does. While keys are on, what an immediate
/// key forbids is deferred, so that a child may still come before its parent; what is left open at the end of the step
/// is forgotten there, since the check before the commit finds it. What a key that was declared deferred leaves open
/// cannot be forgotten, and would fail the commit if keys were switched off: they stay on until it is settled.
/// </remarks>
internal sealed class SqliteForeignKeyActions(SqliteConnection connection)
{
    private const string HasActions = """
        SELECT 1 FROM main.sqlite_master AS m, pragma_foreign_key_list(m.name, 'main') AS k
        WHERE m.type = 'table' AND (k.on_delete IN ('CASCADE', 'SET NULL', 'SET DEFAULT')
            OR k.on_update IN ('CASCADE', 'SET NULL', 'SET DEFAULT')) LIMIT 1
        """;

    /// <summary>Whether they take effect now.</summary>
    public bool AreOn { get; private set; }

    /// <summary>Switches them on or off for a step.</summary>
    /// <exception cref="MigrationFailedException">The steps before have left a deferred key open, and this one cannot have keys on.</exception>
    public void BeginStep(StepStatements statements)
    {
        var wanted = AreWanted(statements);
        if (AreOn && !wanted)
        {
            throw new MigrationFailedException(
                "A foreign key that is checked at the commit (INITIALLY DEFERRED) is left open by a migration, and the next one drops or renames tables, which needs foreign keys off.",
                "Settle the references within the migration that opens them."
            );
        }

        Switch(wanted);
        Defer();
    }

    /// <summary>A transaction has begun, which sets back what was deferred.</summary>
    public void Defer()
    {
        if (AreOn)
        {
            connection.Execute("PRAGMA defer_foreign_keys=ON");
        }
    }

    /// <summary>The statements of the step are executed.</summary>
    public void EndStep()
    {
        if (!AreOn)
        {
            return;
        }

        connection.Execute("PRAGMA defer_foreign_keys=OFF");
        _ = raw.sqlite3_db_status(
            connection.Handle,
            raw.SQLITE_DBSTATUS_DEFERRED_FKS,
            out var isOpen,
            out _,
            0
        );
        if (isOpen == 0)
        {
            Switch(on: false);
        }
    }

    private bool AreWanted(StepStatements statements) =>
        (statements.Mentions("DELETE") || statements.Mentions("UPDATE"))
        && !statements.RunsCode
        && statements.All.Any(s => s.Kind is StatementKind.Delete or StatementKind.Update)
        && !statements.All.Any(NeedsKeysOff)
        && (statements.All.Any(s => s.DeclaresAction) || connection.Any(HasActions));

    private static bool NeedsKeysOff(SqliteStatement statement) =>
        statement.Kind is StatementKind.DropTable or StatementKind.RenameTable
        || statement.ReplacesRows
        || statement is { Kind: StatementKind.Other, Column: not null };

    private void Switch(bool on)
    {
        if (AreOn != on)
        {
            AreOn = on;
            _ = raw.sqlite3_db_config(
                connection.Handle,
                raw.SQLITE_DBCONFIG_ENABLE_FKEY,
                on ? 1 : 0,
                out _
            );
        }
    }
}
