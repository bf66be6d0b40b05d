using FluentMigrator;
using FluentMigrator.Builders.Execute;
using FluentMigrator.Builders.IfDatabase;
using FluentMigrator.Infrastructure;

namespace Nitejar.Migrations.Rebuilding;

/// <summary>Alters on SQLite what SQLite cannot alter in place: a column, or a constraint.</summary>
public static class RebuildExtensions
{
    /// <summary>
    /// Makes the table again, with its rows, indexes and triggers, as https://sqlite.org/lang_altertable.html#otheralter
    /// describes. It asks the database as it is before the migration, so it comes first of what the migration does to
    /// the table, and it leaves SQL statements only, so that they can be shown, stored and executed anywhere.
    /// </summary>
    /// <param name="execute"><c>Execute</c> of a migration, behind <c>IfDatabase(ProcessorIdConstants.SQLite)</c>.</param>
    /// <param name="rebuild">What is to become of the table.</param>
    /// <exception cref="InvalidOperationException">Something of the table would be lost, or it is no table of SQLite.</exception>
    public static void RebuildTable(this IExecuteExpressionRoot execute, TableRebuild rebuild)
    {
        var database = ((IMigrationContextAccessor)execute).GetMigrationContext().QuerySchema;
        if (database is NullIfDatabaseProcessor)
        {
            return;
        }

        if (database.DatabaseType != ProcessorIdConstants.SQLite)
        {
            throw new InvalidOperationException(
                $"{rebuild.Table} cannot be rebuilt on {database.DatabaseType}: this is SQLite's way to alter a table. Put it behind IfDatabase(ProcessorIdConstants.SQLite)."
            );
        }

        var table = OldTable.Read((IMigrationProcessor)database, rebuild.Table);
        RebuildChecks.Require(rebuild, table);
        foreach (var statement in RebuildSql.Of(rebuild, table))
        {
            execute.Sql(statement);
        }
    }
}
