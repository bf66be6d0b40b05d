namespace Nitejar.Migrations.Hosting.Tests.Support;

/// <summary>
/// A temporary folder that is the working directory until it is disposed. The working directory belongs to the whole
/// process, so no test that uses this may run in parallel.
/// </summary>
internal sealed class WorkingFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _before = Directory.GetCurrentDirectory();

    public WorkingFolder() => Directory.SetCurrentDirectory(_folder.Path);

    public string Path => _folder.Path;

    public string this[string name] => _folder[name];

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
    }

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        _folder.Dispose();
    }
}
