namespace Nitejar.Migrations.Engine.Statements;

/// <summary>Something that a statement reaches beyond its database, the schema of the migrations, or the role of the run.</summary>
/// <param name="What">As part of a sentence: <c>the role app</c>.</param>
/// <param name="IsUndone">Whether a rollback undoes what the statement does with it.</param>
internal sealed record Reach(string What, bool IsUndone);
