namespace Nitejar.Migrations.Engine.Databases;

/// <summary>The kinds of database that migrations are written for.</summary>
public enum DatabaseProvider
{
    /// <summary>SQLite.</summary>
    Sqlite,

    /// <summary>PostgreSQL.</summary>
    Postgres,
}
