namespace Nitejar.Migrations.Engine.Preparing.Obstructions;

/// <summary>Why SQL cannot be executed, as far as its words and the schema tell.</summary>
internal enum ObstacleKind
{
    /// <summary>It makes an object or a column that the database has.</summary>
    Exists,

    /// <summary>A foreign key refers to a table that neither the database nor the SQL has at its end.</summary>
    ParentIsMissing,
}

/// <summary>Something that is in the way of SQL.</summary>
/// <param name="Kind">What is wrong with it.</param>
/// <param name="Step">Which of the steps it stops, from 0.</param>
/// <param name="Name">The object: <c>table agents</c>, <c>column agents.name</c>; of a missing parent the table that refers to it and the parent.</param>
internal sealed record Obstacle(ObstacleKind Kind, int Step, string Name);
