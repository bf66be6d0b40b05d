using FluentMigrator.Expressions;

namespace Nitejar.Migrations.Engine.FluentMigrations;

/// <summary>
/// Finds rows without columns: an empty object, or one whose properties a native program does not have. FluentMigrator
/// would make SQL of them that fails only when it is executed, which for a Down can be years later.
/// </summary>
internal static class RowColumns
{
    /// <exception cref="InvalidOperationException">A row has none.</exception>
    public static void Require(IMigrationExpression expression)
    {
        var table = expression switch
        {
            InsertDataExpression insert when insert.Rows.Exists(row => row.Count == 0) =>
                insert.TableName,
            DeleteDataExpression { IsAllRows: false } delete
                when delete.Rows.Exists(row => row.Count == 0) => delete.TableName,
            UpdateDataExpression { Set.Count: 0 } update => update.TableName,
            _ => null,
        };
        if (table is not null)
        {
            throw new InvalidOperationException(
                $"A row of {table} has no columns; write it as new {{ ... }} with a property for each, or as a dictionary."
            );
        }
    }
}
