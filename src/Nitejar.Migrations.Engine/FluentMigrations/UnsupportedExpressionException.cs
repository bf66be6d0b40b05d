namespace Nitejar.Migrations.Engine.FluentMigrations;

/// <summary>A migration asks for something that this kind of database does in another way.</summary>
/// <param name="message">What it cannot do.</param>
/// <param name="nextStep">What to write instead.</param>
/// <param name="cause">FluentMigrator's error, where it has noticed.</param>
internal sealed class UnsupportedExpressionException(
    string message,
    string nextStep,
    Exception? cause = null
) : Exception(message, cause)
{
    /// <summary>What to write instead.</summary>
    public string NextStep { get; } = nextStep;
}
