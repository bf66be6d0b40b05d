using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Postgres.Connections;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Hosting.Configuration;

/// <summary>The database that a connection means.</summary>
internal abstract record ConnectionTarget
{
    /// <summary>What people call it. Holds no secret.</summary>
    public abstract string Name { get; }

    /// <summary>The absolute path of its file; <see langword="null"/> where a server has it.</summary>
    public virtual string? File => null;

    /// <summary>A sentence about a risk of the connection; <see langword="null"/> for none.</summary>
    public virtual string? Warning => null;

    /// <summary>The engine's view of it; nothing is opened.</summary>
    public abstract IDatabase ToDatabase();

    /// <summary>Whether both mean the same database, as far as that can be told without opening it.</summary>
    public abstract bool IsSame(ConnectionTarget other);
}

/// <summary>A SQLite file.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Mode">Whether it may be written and created.</param>
internal sealed record FileTarget(string Path, SqliteOpenMode Mode) : ConnectionTarget
{
    /// <summary>Whether a file of no byte is taken for an empty database.</summary>
    public bool AllowsEmptyFile { get; init; }

    /// <inheritdoc />
    public override string Name => Path;

    /// <inheritdoc />
    public override string File => System.IO.Path.GetFullPath(Path);

    /// <inheritdoc />
    public override IDatabase ToDatabase() =>
        new SqliteDatabase(Path, Mode) { AllowsEmptyFile = AllowsEmptyFile };

    /// <inheritdoc />
    public override bool IsSame(ConnectionTarget other) =>
        other is FileTarget file && FileStatus.IsSame(Path, file.Path);
}

/// <summary>A database on a PostgreSQL server.</summary>
/// <param name="Postgres">Which one, and how it is reached.</param>
internal sealed record ServerTarget(PostgresTarget Postgres) : ConnectionTarget
{
    /// <inheritdoc />
    public override string Name => Postgres.Name;

    /// <inheritdoc />
    public override string? Warning =>
        Postgres.IsUnverified
            ? $"{Name} is reached over the network without a check of the server's certificate; add SSL Mode=VerifyFull (sslmode=verify-full)."
            : null;

    /// <inheritdoc />
    public override IDatabase ToDatabase() => new PostgresDatabase(Postgres);

    /// <inheritdoc />
    public override bool IsSame(ConnectionTarget other) =>
        other is ServerTarget server && Postgres.IsSame(server.Postgres);
}
