using System.Data.Common;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Postgres.Scratch;

/// <summary>Values as rows are compared by them: integers as numbers, bytes as they are, all others as their texts.</summary>
internal static class ScratchValues
{
    /// <summary>Returns columns of a table as a list for SELECT.</summary>
    public static string Read(Table? table, IEnumerable<string> columns) =>
        string.Join(", ", columns.Select(column => Read(table, column)));

    /// <summary>Returns the values of a row.</summary>
    public static object?[] Of(DbDataReader row)
    {
        var values = new object?[row.FieldCount];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = row.IsDBNull(i) ? null : row.GetValue(i);
        }

        return values;
    }

    private static string Read(Table? table, string column)
    {
        var quoted = Identifier.Quote(column);
        var family = table
            ?.Columns.FirstOrDefault(c => c.Name.Equals(column, StringComparison.Ordinal))
            ?.Type.Family;
        return family switch
        {
            TypeFamily.Integral => $"{quoted}::bigint",
            TypeFamily.Blob => quoted,
            TypeFamily.Text or TypeFamily.Real or TypeFamily.Numeric or TypeFamily.Other or null =>
                $"{quoted}::text",
            _ => throw new ArgumentOutOfRangeException(nameof(table)),
        };
    }
}
