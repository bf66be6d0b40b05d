using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Running;

/// <summary>Why a statement failed, from the code of its error.</summary>
internal static class PostgresFault
{
    /// <summary>Reads an error.</summary>
    public static StatementFault Of(PostgresException error, Statement statement) =>
        error.SqlState switch
        {
            PostgresErrorCodes.ForeignKeyViolation => StatementFault.HasNoParent,
            PostgresErrorCodes.UniqueViolation => error.ConstraintName?.EndsWith(
                "_pkey",
                StringComparison.Ordinal
            ) == true
                ? StatementFault.KeyIsTaken
                : StatementFault.IsNotUnique,
            PostgresErrorCodes.DuplicateTable
            or PostgresErrorCodes.DuplicateColumn
            or PostgresErrorCodes.DuplicateObject
            or PostgresErrorCodes.DuplicateSchema
            or PostgresErrorCodes.DuplicateFunction => StatementFault.ObjectIsThere,
            PostgresErrorCodes.UndefinedTable
            or PostgresErrorCodes.UndefinedColumn
            or PostgresErrorCodes.UndefinedObject
            or PostgresErrorCodes.UndefinedFunction
            or PostgresErrorCodes.InvalidSchemaName => statement.Has(EffectKind.Refer)
                ? StatementFault.ParentMayBeMissing
                : StatementFault.ObjectIsMissing,
            _ => StatementFault.Other,
        };
}
