namespace Nitejar.Migrations.Engine.Databases;

/// <summary>A database of the same kind as another one, empty at first, that is removed when it is disposed.</summary>
public interface IScratchDatabase : IDisposable
{
    /// <summary>The database, to be migrated and read as any other.</summary>
    IDatabase Database { get; }

    /// <summary>Which names are the same to this kind of database.</summary>
    IEqualityComparer<string> Names { get; }
}
