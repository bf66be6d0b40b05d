using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Sql;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Guards;

/// <summary>
/// Lets ON DELETE and ON UPDATE take effect in steps that only insert, change and delete rows, as authors who know
/// Microsoft.Data.Sqlite expect. Steps that drop or rename tables, replace rows or run code have foreign keys off:
/// a DROP would delete the rows that refer to the table, without a word.
/// </summary>
/// <remarks>
/// The pragma does nothing inside a transaction, the connection's setting does. While keys are on they are deferred, so
/// that a child may still come before its parent. A commit would fail on what is open then, even with keys off, so that
/// it is forgotten at the end of the step: the check before the commit finds it.
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

    /// <summary>Switches them on where the step may have them.</summary>
    public void BeginStep(StepStatements statements)
    {
        Switch(AreWanted(statements));
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
        if (AreOn)
        {
            connection.Execute("PRAGMA defer_foreign_keys=OFF");
            Switch(on: false);
        }
    }

    private bool AreWanted(StepStatements statements) =>
        statements.MayHave("DELETE", "UPDATE")
        && !statements.Mentions("PRAGMA")
        && !statements.RunsCode
        && statements.All.Any(s => s.Has(EffectKind.Delete) || s.Has(EffectKind.Update))
        && !statements.All.Any(NeedsKeysOff)
        && (statements.All.Any(SqliteStatement.DeclaresAction) || connection.Any(HasActions));

    private static bool NeedsKeysOff(Statement statement) =>
        statement.ReplacesRows
        || statement.Has(EffectKind.DropTable)
        || statement.Has(EffectKind.RenameTable)
        || (statement.Has(EffectKind.AddColumn) && statement.Has(EffectKind.Refer));

    private void Switch(bool on)
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
