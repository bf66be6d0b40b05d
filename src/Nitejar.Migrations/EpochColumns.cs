using FluentMigrator;
using FluentMigrator.Builders.Create.Table;

namespace Nitejar.Migrations;

/// <summary>Nitejar's timestamps: whole seconds since the Unix epoch, filled by the database.</summary>
internal static class EpochColumns
{
    /// <summary>Adds <c>created_at</c> and <c>updated_at</c>.</summary>
    public static void WithEpochTimestamps(
        this ICreateTableWithColumnSyntax table,
        MigrationBase migration
    )
    {
        var now = CurrentEpoch(migration);
        // csharpier-ignore
        table
            .WithColumn("created_at").AsInt32().NotNullable().WithDefaultValue(now)
            .WithColumn("updated_at").AsInt32().NotNullable().WithDefaultValue(now);
    }

    private static RawSql CurrentEpoch(MigrationBase migration)
    {
        var expression = "(unixepoch())";
        migration
            .IfDatabase(ProcessorIdConstants.PostgreSQL)
            .Delegate(() => expression = "(extract(epoch from now())::integer)");
        return RawSql.Insert(expression);
    }
}
