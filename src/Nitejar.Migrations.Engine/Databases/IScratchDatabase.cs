using Nitejar.Migrations.Engine.Schemas;

namespace Nitejar.Migrations.Engine.Databases;

/// <summary>A database of the same kind as another one, empty at first, that is removed when it is disposed.</summary>
public interface IScratchDatabase : IDisposable
{
    /// <summary>The database, to be migrated and read as any other.</summary>
    IDatabase Database { get; }

    /// <summary>Which names are the same to this kind of database.</summary>
    IEqualityComparer<string> Names { get; }

    /// <summary>Makes it a copy of a database, or what a file of SQL makes, before anything is applied.</summary>
    /// <exception cref="DatabaseUnavailableException">That database or file cannot be read.</exception>
    /// <exception cref="RefusedException">The SQL fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal void Fill(string path, CancellationToken cancellation);

    /// <summary>Keeps its state as it is now, to be read later.</summary>
    internal IScratchState Keep();

    /// <summary>Opens it to write rows. Something must have been applied before.</summary>
    internal IScratchWriter OpenWriter();

    /// <summary>Tells from the SQL of an Up which rows it may change or delete.</summary>
    internal RowEffects EffectsOf(string sql, DatabaseSchema before);
}
