using System.Reflection;
using System.Runtime.Loader;
using Nitejar.Migrations.Engine;

namespace Nitejar.Migrations.Tool.Loading;

/// <summary>
/// Where libraries live apart from this program: what they need is looked for beside them first, so that their versions
/// of anything that is not <see cref="SharedAssemblies"/> are theirs.
/// </summary>
internal sealed class LibraryContext : AssemblyLoadContext
{
    private readonly List<AssemblyDependencyResolver> _beside = [];

    /// <summary>Loads nothing yet.</summary>
    /// <param name="files">The libraries.</param>
    /// <exception cref="InvalidRequestException">One does not exist.</exception>
    public LibraryContext(IEnumerable<string> files)
        : base("libraries")
    {
        foreach (var file in files)
        {
            if (!File.Exists(file))
            {
                throw Directory.Exists(file)
                    ? LibraryProblem.Of($"{file} is a folder, not a library")
                    : LibraryProblem.Of($"{file} does not exist");
            }

            _beside.Add(new AssemblyDependencyResolver(Path.GetFullPath(file)));
        }

        Resolving += static (context, name) =>
            Frameworks.FindInOthers(name) is { } path ? context.LoadFromAssemblyPath(path) : null;
    }

    /// <summary>Loads a library.</summary>
    /// <exception cref="InvalidRequestException">It is not a library, or was built for something newer than this program has.</exception>
    public Library Open(string file) => new(file, LoadFromAssemblyPath);

    /// <inheritdoc />
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (SharedAssemblies.Find(assemblyName) is { } shared)
        {
            return shared;
        }

        return Find(beside => beside.ResolveAssemblyToPath(assemblyName)) is { } path
            ? LoadFromAssemblyPath(path)
            : null;
    }

    /// <inheritdoc />
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        Find(beside => beside.ResolveUnmanagedDllToPath(unmanagedDllName)) is { } path
            ? LoadUnmanagedDllFromPath(path)
            : 0;

    private string? Find(Func<AssemblyDependencyResolver, string?> resolve) =>
        _beside.Select(resolve).FirstOrDefault(static path => path is not null);
}
