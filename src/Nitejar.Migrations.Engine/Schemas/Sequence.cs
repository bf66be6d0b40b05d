using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Schemas;

/// <summary>A sequence that is an object of its own.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Definition">The statement that makes it.</param>
public sealed record Sequence(ObjectName Name, SqlText Definition);
