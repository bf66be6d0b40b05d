using Npgsql;

namespace Nitejar.Migrations.Postgres.Running;

/// <summary>
/// What to write instead of what the server refuses, where its own hint is about SQL that FluentMigrator writes. Errors
/// are told by their code and by the routine of the server, since their words are in the server's language.
/// </summary>
internal static class PostgresRemedies
{
    /// <summary>A value for a column that only the server fills.</summary>
    private const string GeneratedAlways = "428C9";

    /// <summary>A value of an enum that another transaction could not see yet.</summary>
    private const string UnsafeNewEnumValue = "55P04";

    /// <summary>Returns what to do about an error; <see langword="null"/> where the error says it.</summary>
    public static string? Of(PostgresException error) =>
        error.SqlState switch
        {
            PostgresErrorCodes.DatatypeMismatch when error.Routine == "ATPrepAlterColumnType" =>
                "Say how its values are converted, which Alter.Column cannot: Execute.Sql(\"ALTER TABLE ... ALTER COLUMN ... TYPE ... USING ...\").",
            GeneratedAlways when error.Hint is not null =>
                "Add WithOverridingSystemValue() to Insert.IntoTable, or leave the identity column out.",
            UnsafeNewEnumValue =>
                "Put ALTER TYPE ... ADD VALUE into an earlier migration with [Migration(VERSION, TransactionBehavior.None)]: a value can be used once it is committed.",
            PostgresErrorCodes.UndefinedFunction
                when error.MessageText.Contains("uuid_generate_", StringComparison.Ordinal) =>
                "Execute CREATE EXTENSION \"uuid-ossp\" before it, or write RawSql.Insert(\"gen_random_uuid()\"), which needs none.",
            PostgresErrorCodes.InvalidTextRepresentation =>
                "Write the value as the type of its column has it; an enum of .NET for a column of numbers as (int)value.",
            _ => null,
        };
}
