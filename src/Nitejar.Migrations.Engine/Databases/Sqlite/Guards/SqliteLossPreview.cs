using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.Databases.Sqlite.Schema;
using Nitejar.Migrations.Engine.Databases.Sqlite.Sql;
using Nitejar.Migrations.Engine.Rows;
using SQLitePCL;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Guards;

/// <summary>
/// Counts what SQL would take away, without executing it: what the tables and columns hold that it drops, and the rows
/// that it deletes or changes. A table that another one replaces, which was filled before, is rebuilt; how many rows that
/// one gets is known when it is run.
/// </summary>
internal static class SqliteLossPreview
{
    public static IReadOnlyList<DataLoss> Of(SqliteConnection connection, string sql)
    {
        var losses = new List<DataLoss>();
        var filled = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in SqliteStatements.Split(sql))
        {
            var statement = SqliteStatement.Parse(text.Sql);
            switch (statement.Kind)
            {
                case StatementKind.DropTable
                or StatementKind.DropColumn
                    when LossOf(connection, statement) is { Rows: > 0 } loss:
                    losses.Add(loss);
                    break;
                case StatementKind.Delete or StatementKind.Update:
                    losses.AddRange(RowsOf(connection, statement));
                    break;
                case StatementKind.Insert:
                    filled.Add(statement.Table!);
                    break;
                case StatementKind.RenameTable when filled.Contains(statement.Table!):
                    losses.RemoveAll(loss => IsOfWhole(loss, statement.NewName!));
                    break;
                case StatementKind.DropTable
                or StatementKind.DropColumn
                or StatementKind.RenameTable
                or StatementKind.RenameColumn
                or StatementKind.Additive
                or StatementKind.TransactionControl
                or StatementKind.Other:
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(sql));
            }
        }

        return losses;
    }

    /// <summary>What a DELETE or an UPDATE finds now. One that depends on statements before it, or is written in other ways, is not counted.</summary>
    private static IEnumerable<DataLoss> RowsOf(
        SqliteConnection connection,
        SqliteStatement statement
    )
    {
        if (
            SqliteTable.Find(connection, statement.Table!) is not { } table
            || SqliteCountQuery.Of(statement) is not { } query
            || TryCount(connection, query) is not (> 0 and var rows)
        )
        {
            return [];
        }

        return statement.Kind == StatementKind.Delete
            ? [new DataLoss(table.Name, Column: null, rows)]
            : statement
                .ChangedColumns.Where(column => table.HasColumns([column]))
                .Select(column => new DataLoss(table.Name, column, rows) { IsChange = true });
    }

    private static long? TryCount(SqliteConnection connection, string query)
    {
        try
        {
            return connection.Number(query);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            // It names what a statement before it makes.
            return null;
        }
    }

    private static bool IsOfWhole(DataLoss loss, string table) =>
        loss.Column is null && loss.Table.Equals(table, StringComparison.OrdinalIgnoreCase);

    private static DataLoss? LossOf(SqliteConnection connection, SqliteStatement statement)
    {
        if (SqliteTable.Find(connection, statement.Table!) is not { } table)
        {
            return null;
        }

        if (statement.Column is not { } column)
        {
            return new DataLoss(table.Name, Column: null, table.Count(connection));
        }

        return table.HasColumns([column])
            ? new DataLoss(
                table.Name,
                column,
                connection.Number(
                    $"SELECT count({SqliteCommands.Quote(column)}) FROM {table.Quoted}"
                )
            )
            : null;
    }
}
