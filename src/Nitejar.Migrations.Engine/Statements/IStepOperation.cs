namespace Nitejar.Migrations.Engine.Statements;

/// <summary>One thing that a step executes: a <see cref="Statement"/>, or <see cref="StepCode"/>.</summary>
internal interface IStepOperation;

/// <summary>Code of a step, of which nothing is known.</summary>
/// <param name="code">The code.</param>
internal sealed class StepCode(CodeOperation code) : IStepOperation
{
    /// <summary>The code.</summary>
    public CodeOperation Code => code;
}
