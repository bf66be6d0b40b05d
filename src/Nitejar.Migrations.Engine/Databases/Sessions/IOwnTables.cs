using System.Data.Common;

namespace Nitejar.Migrations.Engine.Databases.Sessions;

/// <summary>
/// The migrator's own tables. A database may be written by others with fewer rights, so that what stands in their place
/// must not get anything executed, and must not take all of the memory.
/// </summary>
internal interface IOwnTables
{
    /// <summary>The columns of one of them; empty where there is no such table.</summary>
    /// <exception cref="RefusedException">Something else than an ordinary table has its name, or a column of it is computed.</exception>
    IReadOnlyList<string> ReadColumns(string table);

    /// <summary>Looks at all of them before the first of them is written. What it finds may be known from here on, until <see cref="BeforeChange"/>.</summary>
    /// <exception cref="RefusedException">One is not an ordinary table, or has a trigger, which would fire with the rights of this process.</exception>
    void RequireWritable();

    /// <summary>Notes that statements follow which may make, change or drop one of them: nothing of them is known any more.</summary>
    void BeforeChange() { }

    /// <summary>Reads while every longer value is refused before there is room made for it.</summary>
    /// <param name="table">What is read.</param>
    /// <param name="longest">Bytes of the longest value.</param>
    /// <param name="read">The read.</param>
    /// <exception cref="RefusedException">A value is longer.</exception>
    void ReadBounded(string table, int longest, Action read);

    /// <summary>Bytes of all texts in a row.</summary>
    long BytesOf(DbDataReader row);
}
