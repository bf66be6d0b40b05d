using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Preparing;

/// <summary>Compares the SQL that the journal has for a Down with the class of the migration.</summary>
internal static class StoredDown
{
    /// <summary>
    /// Whether the class would execute other SQL. A class that asks the database, runs code or makes another text each
    /// time cannot be compared.
    /// </summary>
    public static bool DiffersFrom(
        KnownMigration known,
        string stored,
        MigrationCompiler compiler,
        ISchemaQueries schema
    )
    {
        try
        {
            var sinceUtc = DateTime.UtcNow;
            var now = compiler.Compile(known, Direction.Down, schema);
            return !now.AskedDatabase
                && !now.RunsCode
                && now.Sql != stored
                && now.EarlierSql != stored
                && !ClockReadings.AreIn(now.Sql, sinceUtc)
                && compiler.CompileElsewhere(known, Direction.Down, schema).Sql == now.Sql;
        }
        catch (MigrationFailedException)
        {
            return true;
        }
    }
}
