using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sqlite;

namespace Nitejar.Migrations.Cli.Configuration;

/// <summary>The database that a connection means.</summary>
/// <param name="Path">The SQLite file.</param>
/// <param name="Mode">Whether it may be written and created.</param>
internal sealed record ConnectionTarget(string Path, SqliteOpenMode Mode)
{
    /// <summary>Whether a file of no byte is taken for an empty database.</summary>
    public bool AllowsEmptyFile { get; init; }

    /// <summary>The engine's view of it; nothing is opened.</summary>
    public IDatabase ToDatabase() =>
        new SqliteDatabase(Path, Mode) { AllowsEmptyFile = AllowsEmptyFile };
}
