using FluentMigrator.Expressions;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Generators.SQLite;

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

    /// <summary>
    /// The types that columns have, where the application has a map of its own; <see langword="null"/> for FluentMigrator's, as
    /// <see cref="StrictTables"/> chooses.
    /// </summary>
    public ISQLiteTypeMap? TypeMap { get; init; }

    /// <summary>
    /// Returns what is executed in the place of an expression, or the expression itself: what a generator or a processor of the
    /// application does otherwise than FluentMigrator's. Must return the same whenever it is asked. It is called after the
    /// conventions were applied and the expression was validated.
    /// </summary>
    public Func<IMigrationExpression, IMigrationExpression> Replace { get; init; } =
        static expression => expression;
}
