using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Schemas;

/// <summary>A function, a procedure or a type.</summary>
/// <param name="Name">Its name; of a function with the types of its arguments.</param>
/// <param name="Definition">The statement that makes it.</param>
public sealed record SchemaObject(ObjectName Name, SqlText Definition);
