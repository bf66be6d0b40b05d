using LinqToDB;

namespace Nitejar.Database.Tests.Databases;

/// <summary>A migrated database of its own for a test.</summary>
public interface ITestDatabase : IDisposable
{
    /// <summary>Names it for the factory methods of <see cref="NitejarDatabase"/> and nothing else.</summary>
    string ConnectionString { get; }

    /// <summary>For connections with further options.</summary>
    DataOptions Options { get; }

    /// <summary>Connects as an application does.</summary>
    NitejarDatabase Connect();

    /// <summary>The tables that the migrations made, without the migrator's own.</summary>
    string[] Tables();

    /// <summary>The columns of a table as the database describes them, in the words of the mapping.</summary>
    ColumnFacts[] Columns(string table);

    /// <summary>How the database names a type of the mapping.</summary>
    string TypeName(DataType type);
}

/// <summary>What a mapping and a database have to agree on.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">As the database names it.</param>
/// <param name="IsNullable">Whether it takes NULL.</param>
/// <param name="Default"><c>none</c>, <c>now</c>, <c>identity</c>, or a literal in single quotes.</param>
/// <param name="IsKey">Whether it is part of the primary key.</param>
public sealed record ColumnFacts(
    string Name,
    string Type,
    bool IsNullable,
    string Default,
    bool IsKey
);
