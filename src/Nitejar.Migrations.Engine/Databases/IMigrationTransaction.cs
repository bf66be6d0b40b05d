using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.History;

namespace Nitejar.Migrations.Engine.Databases;

/// <summary>One locked transaction in which a whole run happens. Disposing it without a commit undoes everything.</summary>
public interface IMigrationTransaction : IDatabaseReader
{
    /// <summary>Executes one operation, statement by statement, each to its end.</summary>
    /// <returns>How many statements were executed; code counts as one.</returns>
    /// <exception cref="StatementException">A statement failed; the transaction must be disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    int Execute(MigrationOperation operation);

    /// <summary>Adds a version to what is applied.</summary>
    void AddApplied(MigrationId id, string description);

    /// <summary>Removes a version from what is applied.</summary>
    void RemoveApplied(long version);

    /// <summary>Appends to the journal.</summary>
    void AppendJournal(JournalEntry entry, JournalSql sql);

    /// <summary>Compares the data with what it was: references, and rows that nobody asked to touch.</summary>
    /// <returns>Rows that the run takes away from tables and columns that it does name.</returns>
    /// <exception cref="MigrationFailedException">A reference dangles that did not, or unnamed rows are gone.</exception>
    IReadOnlyList<DataLoss> CheckData();

    /// <summary>Makes it last.</summary>
    /// <exception cref="LockTimeoutException">A reader was in the way for too long.</exception>
    /// <exception cref="DatabaseCreatedElsewhereException">Somebody created the same new database meanwhile.</exception>
    void Commit();

    /// <summary>After a failure and its rollback: whether the statement collides with an object that was there before the run.</summary>
    bool CollidesWithExisting(StatementException failure);
}

/// <summary>Rows that a run takes away.</summary>
/// <param name="Table">From which table.</param>
/// <param name="Column">Only this column's values; <see langword="null"/> for whole rows.</param>
/// <param name="Rows">How many.</param>
public sealed record DataLoss(string Table, string? Column, long Rows)
{
    /// <summary><c>table (12 rows)</c> or <c>table.column (12 rows)</c>.</summary>
    public override string ToString() =>
        $"{Table}{(Column is null ? "" : "." + Column)} ({Count.Of(Rows, "row")})";
}
