namespace Nitejar.Migrations.Engine.Databases;

/// <summary>A kind of database that a program supports, without a connection to one.</summary>
public interface IDatabaseDriver
{
    /// <summary>The kind.</summary>
    DatabaseProvider Provider { get; }

    /// <summary>How migrations become SQL for it.</summary>
    internal SqlGeneration Generation { get; }
}
