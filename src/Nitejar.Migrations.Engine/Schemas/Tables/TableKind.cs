namespace Nitejar.Migrations.Engine.Schemas.Tables;

/// <summary>Where the rows of a table live.</summary>
public enum TableKind
{
    /// <summary>In the table itself.</summary>
    Ordinary,

    /// <summary>Where a module keeps them.</summary>
    Virtual,

    /// <summary>In the table itself, which a virtual table makes, fills and drops.</summary>
    Shadow,

    /// <summary>On another server.</summary>
    Foreign,

    /// <summary>In partitions, which are tables too.</summary>
    Partitioned,

    /// <summary>In the table itself, for a partitioned table.</summary>
    Partition,
}
