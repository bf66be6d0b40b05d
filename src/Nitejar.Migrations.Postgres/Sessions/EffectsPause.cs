namespace Nitejar.Migrations.Postgres.Sessions;

/// <summary>Ends two pauses, the second one first.</summary>
internal sealed class EffectsPause(IDisposable first, IDisposable second) : IDisposable
{
    public void Dispose()
    {
        second.Dispose();
        first.Dispose();
    }
}
