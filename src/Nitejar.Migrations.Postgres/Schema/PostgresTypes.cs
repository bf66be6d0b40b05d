using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Postgres.Schema.Catalog;

namespace Nitejar.Migrations.Postgres.Schema;

/// <summary>Types of columns. Those that are built in have the same number on every server.</summary>
internal static class PostgresTypes
{
    private const int TextHeader = 4;

    /// <summary>The type of a column. A domain is like no other type, whatever it is made of.</summary>
    public static ColumnType TypeOf(ColumnRow column) =>
        column.TypeId switch
        {
            21 => Integer(column.Type, 2),
            23 => Integer(column.Type, 4),
            20 => Integer(column.Type, 8),
            25 => new ColumnType(column.Type, TypeFamily.Text),
            1042 or 1043 => new ColumnType(column.Type, TypeFamily.Text)
            {
                Length = column.TypeModifier > TextHeader ? column.TypeModifier - TextHeader : null,
            },
            17 => new ColumnType(column.Type, TypeFamily.Blob),
            700 or 701 => new ColumnType(column.Type, TypeFamily.Real),
            1700 => new ColumnType(column.Type, TypeFamily.Numeric),
            _ => new ColumnType(column.Type, TypeFamily.Other),
        };

    private static ColumnType Integer(string declared, int bytes) =>
        new(declared, TypeFamily.Integral) { Bytes = bytes };
}
