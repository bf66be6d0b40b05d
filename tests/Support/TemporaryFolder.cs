namespace Nitejar.Tests;

/// <summary>A folder of its own for a test; gone when disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("nitejar-test-").FullName;

    public string Path { get; }

    /// <summary>The path of an entry, which need not exist.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
