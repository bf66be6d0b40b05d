using FluentMigrator;
using FluentMigrator.Infrastructure;

namespace Nitejar.Migrations.Preconditions;

/// <summary>Lets a migration state what a database must not be like when it is applied.</summary>
public static class PreconditionExtensions
{
    /// <summary>
    /// States a precondition of an Up. nitejar-migrate asks it before it applies or adopts anything, and refuses with the
    /// reason (exit code 6). It is not part of the migration's SQL, so that its checksum and its stored Down stay as they
    /// are without it. FluentMigrator's own runner does not ask it.
    /// </summary>
    /// <param name="migration">The migration, in its <c>Up</c>.</param>
    /// <param name="refusal">
    /// Asks the database as it is before the run, and returns why the migration must not run, as the end of a sentence
    /// without its dot, and what to do about it; or <see langword="null"/> where it may run.
    /// </param>
    public static void RefuseWhere(
        this Migration migration,
        Func<IMigrationProcessor, (string Reason, string NextStep)?> refusal
    )
    {
        var context = ((IMigrationContextAccessor)migration.Execute).GetMigrationContext();
        var preconditions =
            context.ServiceProvider?.GetService(
                typeof(ICollection<Func<IMigrationProcessor, (string, string)?>>)
            ) as ICollection<Func<IMigrationProcessor, (string, string)?>>;
        preconditions?.Add(refusal);
    }
}
