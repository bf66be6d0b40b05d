using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Engine.Archives;

/// <summary>What the archive needs to know of rows to put them back.</summary>
/// <param name="Entry">What is shown.</param>
/// <param name="Scope">What the rows are of their table.</param>
/// <param name="Sequence">The table's AUTOINCREMENT counter; <see langword="null"/> where it has none.</param>
/// <param name="Dialect">That of the database.</param>
internal sealed record StoredArchive(
    ArchiveEntry Entry,
    ArchiveScope Scope,
    long? Sequence,
    IDialect Dialect
)
{
    /// <summary>The table that holds the rows, ready to be put into SQL.</summary>
    public string Quoted => Dialect.Qualify(Entry.ArchiveTable);
}

/// <summary>What archived rows are of their table.</summary>
internal enum ArchiveScope
{
    /// <summary>All of its rows: it was dropped.</summary>
    Table,

    /// <summary>Some of its rows: it was rebuilt without them.</summary>
    Rows,

    /// <summary>All of its rows as they were before it was rebuilt, of which those that are missing cannot be told.</summary>
    Copy,

    /// <summary>The values of one of its columns, with their keys.</summary>
    Column,
}
