using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Engine.History;

/// <summary>How many rows of one of the migrator's own tables are read. Honest databases have hundreds.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Rows">The most that are read.</param>
internal sealed record RowLimit(string Table, int Rows)
{
    /// <summary>
    /// Rows of what is held in memory. Each stands for a migration, which is a class that a program was built with, or for a
    /// table of archived rows.
    /// </summary>
    public const int Held = 100_000;

    /// <summary>
    /// Rows of the journal, which grows with every run and is not held in memory: a hundred steps a day for 27 years. With
    /// their SQL, some kilobytes each, so many rows take gigabytes.
    /// </summary>
    public const int Journaled = 1_000_000;

    /// <summary>Bytes of all texts in the rows together: as many as the longest journal with 250 in each row.</summary>
    public const long Words = 250L * Journaled;

    /// <summary>What more of them would mean, as the end of a sentence.</summary>
    public string Reason { get; init; } = "which is more than migrations leave in any database";

    /// <summary>What to do about more of them.</summary>
    public Func<IDialect, string> NextStep { get; init; } =
        dialect => $"Repair it with {dialect.Shell}, or restore the database from a backup.";

    /// <summary>Says that there is more.</summary>
    /// <param name="most">How much of what is allowed.</param>
    /// <param name="dialect">That of the database.</param>
    public DatabaseUnavailableException Exceeded(FormattableString most, IDialect dialect) =>
        new(
            $"{Table} holds more than {FormattableString.Invariant(most)}, {Reason}.",
            NextStep(dialect)
        );
}
