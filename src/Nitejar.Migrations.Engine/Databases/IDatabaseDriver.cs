namespace Nitejar.Migrations.Engine.Databases;

/// <summary>A kind of database that a program supports, without a connection to one.</summary>
public interface IDatabaseDriver
{
    /// <summary>The kind.</summary>
    DatabaseProvider Provider { get; }

    /// <summary>Its name as its makers write it.</summary>
    string Name { get; }

    /// <summary>How a connection to one is written.</summary>
    IConnectionText Connections { get; }

    /// <summary>Recognizes its files; <see langword="null"/> where a server has them.</summary>
    IDatabaseFiles? Files { get; }

    /// <summary>How migrations become SQL for it.</summary>
    internal SqlGeneration Generation { get; }
}
