using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Schemas.Tables;

/// <summary>A trigger of a table or of a view.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Definition">The statement that makes it.</param>
public sealed record Trigger(string Name, SqlText Definition);
