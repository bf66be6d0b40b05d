using System.Data;
using FluentMigrator;
using FluentMigrator.Model;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Postgres.FluentMigrations;

/// <summary>Puts what a class says of a column so that FluentMigrator's generator for PostgreSQL loses none of it, or refuses it.</summary>
internal static class PostgresColumns
{
    /// <summary>Digits of a second that the server keeps.</summary>
    private const int FinestPrecision = 6;

    /// <summary>Completes it. Doing it again changes nothing.</summary>
    /// <exception cref="UnsupportedExpressionException">Something of it would get lost.</exception>
    public static void Complete(string table, ColumnDefinition column)
    {
        column.CollationName = column.CollationName is { Length: > 0 } collation
            ? AsMeant(collation)
            : column.CollationName;
        if (column is { Type: DbType.DateTimeOffset, Size: { } precision })
        {
            SetTimeType(table, column, precision);
        }

        if (column is { Type: DbType.Xml, Size: not null })
        {
            throw new UnsupportedExpressionException(
                $"the type xml of {table}.{column.Name} has no size on PostgreSQL.",
                "Write AsXml() without a size."
            );
        }

        // Into a text goes its name, and into a type that the class names whatever that has.
        if (
            column.DefaultValue is Enum and not SystemMethods
            && column.Type is DbType.Byte or DbType.Int16 or DbType.Int32 or DbType.Int64
        )
        {
            column.DefaultValue = RawSql.Insert(((Enum)column.DefaultValue).ToString("D"));
        }

        if (
            string.IsNullOrEmpty(column.ColumnDescription)
            && column.AdditionalColumnDescriptions.Count > 0
        )
        {
            throw new UnsupportedExpressionException(
                $"the additional description of {table}.{column.Name} would get lost, since it has no description.",
                "Write WithColumnDescription(...) as well."
            );
        }
    }

    /// <summary>Refuses a primary key of a column that is added or altered, which FluentMigrator leaves out.</summary>
    /// <exception cref="UnsupportedExpressionException">It has one.</exception>
    public static void RequireNoKey(string table, ColumnDefinition column)
    {
        if (column.IsPrimaryKey)
        {
            throw new UnsupportedExpressionException(
                $"FluentMigrator would leave out the primary key of {table}.{column.Name}, since the table is there already.",
                $"""Leave PrimaryKey() out, and make the key with Create.PrimaryKey("PK_{table}").OnTable("{table}").Column("{column.Name}") where it is not there."""
            );
        }
    }

    /// <summary>Refuses to make a column that exists a generated one.</summary>
    /// <exception cref="UnsupportedExpressionException">It is asked for.</exception>
    public static void RequireNotComputed(string table, ColumnDefinition column)
    {
        if (column.Expression is not null)
        {
            throw new UnsupportedExpressionException(
                $"PostgreSQL cannot compute {table}.{column.Name}, a column that exists, from others.",
                "Drop the column and add it with Computed(...)."
            );
        }
    }

    /// <summary>A name that FluentMigrator writes as it is: in quotes, unless the server reads it without them as it is meant.</summary>
    public static string AsMeant(string name) =>
        name.Contains('"', StringComparison.Ordinal)
        || (
            !char.IsAsciiDigit(name[0])
            && name != "default"
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '.')
        )
            ? name
            : Identifier.Quote(name);

    private static void SetTimeType(string table, ColumnDefinition column, int precision)
    {
        if (precision is < 0 or > FinestPrecision)
        {
            throw new UnsupportedExpressionException(
                $"{table}.{column.Name} would have {precision} digits of a second, and PostgreSQL keeps {FinestPrecision}.",
                $"Write AsDateTimeOffset({FinestPrecision})."
            );
        }

        column.Type = null;
        column.CustomType = string.Create(
            CultureInfo.InvariantCulture,
            $"timestamptz({precision})"
        );
    }
}
