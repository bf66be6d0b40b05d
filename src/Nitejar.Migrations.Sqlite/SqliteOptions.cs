using FluentMigrator.Runner;

namespace Nitejar.Migrations.Sqlite;

/// <summary>
/// How FluentMigrator writes SQL for SQLite, as the parameters of its own <c>AddSQLite</c> have it. A project that is migrated
/// already keeps what it had: rows and types differ with them.
/// </summary>
public sealed record SqliteOptions
{
    /// <summary>
    /// Whether what SQLite cannot do, such as a foreign key for an existing table, is an error or left out; every run says what it
    /// leaves out. Usually <see cref="CompatibilityMode.STRICT"/>.
    /// </summary>
    public CompatibilityMode Compatibility { get; init; } = CompatibilityMode.STRICT;

    /// <summary>Whether a <see cref="Guid"/> in a row is written as a BLOB of 16 bytes; else as text.</summary>
    public bool BinaryGuid { get; init; }

    /// <summary>Whether columns have the types that SQLite's STRICT tables allow.</summary>
    public bool StrictTables { get; init; }
}
