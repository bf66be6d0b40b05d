namespace Nitejar.Migrations.Engine.Statements;

/// <summary>One thing that a step executes: a statement, or code.</summary>
internal abstract record StepOperation;

/// <summary>Code of a step, of which nothing is known.</summary>
/// <param name="Code">The code.</param>
internal sealed record StepCode(CodeOperation Code) : StepOperation;
