namespace Nitejar.Migrations.Engine.Running.Observing;

/// <summary>Decides at the last moment whether a run is committed, and knows from then on that it is.</summary>
public interface ICommitGate
{
    /// <summary>Everything is done and checked; the commit begins. From here on the run ends as the commit ends.</summary>
    /// <exception cref="OperationCanceledException">The run is not to be committed.</exception>
    void Committing();

    /// <summary>The commit failed: the run is being rolled back, or begins again.</summary>
    void CommitFailed();

    /// <summary>A part of the run is committed, and the run goes on: what follows can be undone, that part cannot.</summary>
    void PartCommitted();
}

/// <summary>Lets every commit pass.</summary>
internal sealed class OpenGate : ICommitGate
{
    public static OpenGate Instance { get; } = new();

    public void Committing() { }

    public void CommitFailed() { }

    public void PartCommitted() { }
}
