namespace Nitejar.Migrations.Engine.Running;

/// <summary>Lets every commit pass.</summary>
internal sealed class OpenGate : ICommitGate
{
    public static OpenGate Instance { get; } = new();

    public void Committing() { }

    public void CommitFailed() { }

    public void PartCommitted() { }
}
