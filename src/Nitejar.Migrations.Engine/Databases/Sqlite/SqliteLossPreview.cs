using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>
/// Counts what SQL would take away, without executing it: what the tables and columns hold that it drops. A table that
/// another one replaces, which was filled before, is rebuilt; how many rows that one gets is known when it is run.
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
                case StatementKind.Insert:
                    filled.Add(statement.Table!);
                    break;
                case StatementKind.RenameTable when filled.Contains(statement.Table!):
                    losses.RemoveAll(loss => IsOfWhole(loss, statement.NewName!));
                    break;
                default:
                    break;
            }
        }

        return losses;
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
