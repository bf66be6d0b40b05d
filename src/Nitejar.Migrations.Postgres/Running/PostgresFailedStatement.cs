using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Schema;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Running;

/// <summary>What the code of an error says of a statement that failed.</summary>
internal static class PostgresFailedStatement
{
    /// <summary>Whether it makes an object or a column that exists.</summary>
    public static bool MakesWhatIsThere(StatementException failure) =>
        failure.InnerException
            is PostgresException
            {
                SqlState: PostgresErrorCodes.DuplicateTable
                    or PostgresErrorCodes.DuplicateColumn
                    or PostgresErrorCodes.DuplicateObject
                    or PostgresErrorCodes.DuplicateSchema
                    or PostgresErrorCodes.DuplicateFunction
            };

    /// <summary>Whether something that it names does not exist.</summary>
    public static bool MissesObject(StatementException failure) =>
        failure.InnerException
            is PostgresException
            {
                SqlState: PostgresErrorCodes.UndefinedTable
                    or PostgresErrorCodes.UndefinedColumn
                    or PostgresErrorCodes.UndefinedObject
                    or PostgresErrorCodes.UndefinedFunction
                    or PostgresErrorCodes.InvalidSchemaName
            };

    /// <summary>Whether what it makes is there.</summary>
    public static bool IsThere(PostgresTables tables, StatementException failure)
    {
        if (failure.Effects is not [var made, ..])
        {
            return false;
        }

        return made.Column is { } column
            ? tables.Read(made.Name) is { } table
                && table.Columns.Any(known => known.Name == column)
            : tables.ReadObjects().Any(known => known.Name == made.Name);
    }

    /// <summary>Whether it refers to a table that does not exist.</summary>
    public static bool RefersToNothing(PostgresTables tables, StatementException failure) =>
        failure.Effects.Any(effect =>
            effect is { Kind: EffectKind.Refer, Table: { } parent } && !tables.Exists(parent.Name)
        );
}
