namespace Nitejar.Migrations.Engine.Databases.Sql;

/// <summary>Two runs created the same database at the same time and the other one was first. Run again: it exists now.</summary>
internal sealed class DatabaseCreatedElsewhereException()
    : Exception("Another process created the database at the same time.");
