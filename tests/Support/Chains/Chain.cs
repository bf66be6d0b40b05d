using System.Globalization;
using System.Text.Json.Serialization;

namespace Nitejar.Tests.Chains;

/// <summary>A list of migrations as plain data, which another process can read and carry out.</summary>
/// <param name="Seed">What the generator made it of; 0 for one that was written by hand.</param>
/// <param name="Migrations">Lowest version first.</param>
internal sealed record Chain(int Seed, IReadOnlyList<ChainMigration> Migrations)
{
    /// <summary>What it is made for.</summary>
    public ChainKind Kind { get; init; }

    /// <summary>The chain up to a version, including it.</summary>
    public Chain UpTo(long version) =>
        this with
        {
            Migrations = [.. Migrations.Where(migration => migration.Version <= version)],
        };

    /// <summary>The chain with another migration in the place of the one that has its version.</summary>
    public Chain With(ChainMigration changed) =>
        this with
        {
            Migrations =
            [
                .. Migrations.Select(migration =>
                    migration.Version == changed.Version ? changed : migration
                ),
            ],
        };
}

/// <summary>A migration of a chain.</summary>
/// <param name="Version">Above 0.</param>
/// <param name="Name">Of its class, if it had one.</param>
/// <param name="Reversal">What its Down does.</param>
/// <param name="Operations">What its Up does, in order.</param>
internal sealed record ChainMigration(
    long Version,
    string Name,
    Reversal Reversal,
    IReadOnlyList<ChainOperation> Operations
)
{
    /// <summary>What it is made for.</summary>
    public ChainKind Kind { get; init; }
}

/// <summary>The kinds of database that chains are made for.</summary>
internal enum ChainKind
{
    Sqlite,
    Postgres,
}

/// <summary>How the Down of a migration is made of its Up.</summary>
internal enum Reversal
{
    /// <summary>By FluentMigrator's <c>AutoReversingMigration</c>.</summary>
    Automatic,

    /// <summary>By hand: the inverse of each operation, the last one first.</summary>
    InReverseOrder,

    /// <summary>As <see cref="InReverseOrder"/>, but tables that rows were inserted into are emptied.</summary>
    AllRows,

    /// <summary>By hand: tables are dropped in the order in which they were created, parents first; their rows are not deleted before.</summary>
    ParentFirst,

    /// <summary>As <see cref="InReverseOrder"/>, but rows of tables that are dropped are not deleted before.</summary>
    TablesOnly,

    /// <summary>As <see cref="AllRows"/>, by <c>TRUNCATE ... CASCADE</c> (PostgreSQL).</summary>
    Truncated,

    /// <summary>As <see cref="ParentFirst"/>, all tables in one <c>DROP TABLE a, b CASCADE</c> (PostgreSQL).</summary>
    Cascade,
}

/// <summary>A value of a row; neither member is set for NULL.</summary>
internal sealed record Cell(string? Text = null, long? Number = null)
{
    /// <summary>The type that the text is one of, in SQL; <see langword="null"/> where it is a plain text.</summary>
    public string? Type { get; init; }

    public static Cell Null { get; } = new();

    /// <summary>The value as FluentMigrator takes it.</summary>
    [JsonIgnore]
    public object? Value => Text is not null ? Text : Number;

    /// <summary>The value as SQL.</summary>
    [JsonIgnore]
    public string Sql =>
        Text is null ? Number?.ToString(CultureInfo.InvariantCulture) ?? "NULL"
        : Type is null ? Quoted
        : $"CAST({Quoted} AS {Type})";

    private string Quoted => $"'{Text!.Replace("'", "''", StringComparison.Ordinal)}'";

    public static implicit operator Cell(string text) => new(Text: text);

    public static implicit operator Cell(long number) => new(Number: number);
}
