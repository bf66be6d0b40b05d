using System.Data.Common;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Rows;

/// <summary>
/// Counts what SQL would take away, without executing it: what the tables and columns hold that it drops, and the rows
/// that it deletes or changes. A table that another one replaces, which was filled before, is rebuilt; how many rows that
/// one gets is known when it is run.
/// </summary>
internal static class LossForecast
{
    public static IReadOnlyList<DataLoss> Of(ISession session, string sql)
    {
        var losses = new List<DataLoss>();
        var filled = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var statement in session.Dialect.Parse(sql))
        {
            switch (statement.Kind)
            {
                case StatementKind.DropTable
                or StatementKind.DropColumn when LossOf(session, statement) is { Rows: > 0 } loss:
                    losses.Add(loss);
                    break;
                case StatementKind.Delete or StatementKind.Update:
                    losses.AddRange(RowsOf(session, statement));
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
    private static IEnumerable<DataLoss> RowsOf(ISession session, Statement statement)
    {
        if (
            session.Tables.Find(statement.Table!) is not { } table
            || session.Dialect.CountQuery(statement) is not { } query
            || TryCount(session, query) is not (> 0 and var rows)
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

    private static long? TryCount(ISession session, string query)
    {
        try
        {
            return session.Number(query);
        }
        catch (DbException e) when (session.Dialect.IsAboutNames(e))
        {
            // It names what a statement before it makes.
            return null;
        }
    }

    private static bool IsOfWhole(DataLoss loss, string table) =>
        loss.Column is null && loss.Table.Equals(table, StringComparison.OrdinalIgnoreCase);

    private static DataLoss? LossOf(ISession session, Statement statement)
    {
        if (session.Tables.Find(statement.Table!) is not { } table)
        {
            return null;
        }

        if (statement.Column is not { } column)
        {
            return new DataLoss(table.Name, Column: null, session.Count(table));
        }

        return table.HasColumns([column])
            ? new DataLoss(
                table.Name,
                column,
                session.Number($"SELECT count({Identifier.Quote(column)}) FROM {table.Quoted}")
            )
            : null;
    }
}
