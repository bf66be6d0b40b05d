using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Archives;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>Counts what SQL would take away, without executing it: what the tables and columns hold that it drops.</summary>
internal static class SqliteLossPreview
{
    public static IReadOnlyList<DataLoss> Of(SqliteConnection connection, string sql) =>
        [
            .. SqliteStatements
                .Split(sql)
                .Select(text => SqliteStatement.Parse(text.Sql))
                .Where(s => s.Kind is StatementKind.DropTable or StatementKind.DropColumn)
                .Select(statement => LossOf(connection, statement))
                .OfType<DataLoss>()
                .Where(loss => loss.Rows > 0),
        ];

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
