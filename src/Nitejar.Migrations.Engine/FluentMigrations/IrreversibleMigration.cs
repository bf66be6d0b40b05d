namespace Nitejar.Migrations.Engine.FluentMigrations;

/// <summary>The refusal of a Down that cannot be evaluated.</summary>
internal static class IrreversibleMigration
{
    /// <summary>Says why, and what the author can write instead where that is known.</summary>
    public static RefusedException Of(MigrationId migration, MigrationFailedException failure) =>
        new(
            $"{migration} cannot be reverted: {failure.InnerException?.Message.TrimEnd() ?? failure.Message}",
            failure.InnerException is UnsupportedExpressionException unsupported
                ? unsupported.NextStep
                : "Write its Down, or stop above it with `down --to`.",
            failure
        )
        {
            Code = ErrorCode.Irreversible,
        };
}
