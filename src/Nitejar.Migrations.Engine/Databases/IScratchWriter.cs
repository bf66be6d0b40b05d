using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases;

/// <summary>
/// Writes rows into a scratch database as an application does: one by one, with foreign keys enforced and triggers on.
/// Disposing it without a commit undoes everything.
/// </summary>
internal interface IScratchWriter : IDisposable
{
    /// <summary>Values at the edges of what a column takes, without NULL; never empty. What a CHECK names comes first.</summary>
    IReadOnlyList<object> EdgesOf(Table table, Column column);

    /// <summary>An ordinary value of a column, another one for each number.</summary>
    object OrdinaryValue(Column column, long number);

    /// <summary>Whether a CHECK names the column.</summary>
    bool IsChecked(Table table, Column column);

    /// <summary>The values of some rows that have no NULL in these columns.</summary>
    /// <param name="table">The table; one that does not exist has no rows.</param>
    /// <param name="columns">Which columns.</param>
    /// <param name="limit">At most so many rows.</param>
    /// <param name="newestFirst">Whether to begin with the last row.</param>
    IReadOnlyList<object?[]> ReadRows(
        ObjectName table,
        IReadOnlyList<string> columns,
        int limit,
        bool newestFirst = false
    );

    /// <summary>Inserts a row; columns that are not named get their defaults.</summary>
    /// <returns>Why it was refused; <see langword="null"/> where it was not.</returns>
    WriteRefusal? Insert(Table table, IReadOnlyDictionary<string, object?> values);

    /// <summary>Inserts a row and takes it back.</summary>
    /// <returns>Why it was refused; <see langword="null"/> where it was not.</returns>
    WriteRefusal? Try(Table table, IReadOnlyDictionary<string, object?> values);

    /// <summary>Deletes the row that was inserted last, so that its number is used up.</summary>
    void DeleteInserted(Table table);

    /// <summary>Changes the row at a place, counted from 0 in the order in which the table holds them, where it is there.</summary>
    /// <returns>Why it was refused; <see langword="null"/> where it was not.</returns>
    WriteRefusal? Update(Table table, int place, IReadOnlyDictionary<string, object?> values);

    /// <summary>How many rows a table has.</summary>
    long Count(Table table);

    /// <summary>Makes what was written last.</summary>
    void Commit();
}

/// <summary>Why a row was not written.</summary>
/// <param name="IsOfKey">Whether another row has its key, so that another value may do.</param>
/// <param name="Message">The words of the database.</param>
internal sealed record WriteRefusal(bool IsOfKey, string Message);
