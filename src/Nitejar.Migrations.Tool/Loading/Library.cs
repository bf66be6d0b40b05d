using System.Reflection;
using System.Runtime.Loader;
using FluentMigrator;
using Nitejar.Migrations.Engine;

namespace Nitejar.Migrations.Tool.Loading;

/// <summary>A library that is loaded.</summary>
internal sealed class Library
{
    private readonly Assembly _assembly;

    /// <summary>Loads it.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="load">Loads the file with a full path.</param>
    /// <exception cref="InvalidRequestException">It is not a library, or was built for something newer than this program has.</exception>
    public Library(string file, Func<string, Assembly> load)
    {
        File = file;
        try
        {
            _assembly = load(Path.GetFullPath(file));
        }
        catch (Exception e) when (e is BadImageFormatException or FileLoadException)
        {
            throw LibraryProblem.NotLoaded(file, e);
        }

        ReadsConnectionString = LibraryCode.Calls(
            _assembly,
            $"get_{nameof(MigrationBase.ConnectionString)}"
        );
        RequireRuntime();
        if (SharedAssemblies.FindNewer(_assembly) is { } newer)
        {
            throw new InvalidRequestException(
                $"{file} was built for {newer.Name} {newer.Version}, and this program has {SharedAssemblies.FluentMigrator}.",
                "Update nitejar-migrate, or build the library with that version of FluentMigrator."
            );
        }
    }

    /// <summary>Its path, as it was given.</summary>
    public string File { get; }

    /// <summary>The types that FluentMigrator's own runner looks at.</summary>
    /// <exception cref="InvalidRequestException">One of them cannot be loaded.</exception>
    public Type[] ExportedTypes => LibraryProblem.Explain(this, _assembly.GetExportedTypes);

    /// <summary>All other types, without those that cannot be loaded.</summary>
    public IEnumerable<Type> HiddenTypes
    {
        get
        {
            try
            {
                return _assembly.GetTypes().Where(static type => !type.IsVisible);
            }
            catch (ReflectionTypeLoadException e)
            {
                return e.Types.OfType<Type>().Where(static type => !type.IsVisible);
            }
        }
    }

    /// <summary>A clause about the version of FluentMigrator that it was built for, where it is another one; else empty.</summary>
    public string OtherFluentMigrator =>
        Wanted(typeof(IMigration).Assembly.GetName().Name!) is { } wanted
        && wanted != SharedAssemblies.FluentMigrator
            ? $" (it was built for FluentMigrator {wanted}, here is {SharedAssemblies.FluentMigrator})"
            : "";

    /// <summary>Whether its code asks anything for a connection string, which may be a migration.</summary>
    public bool ReadsConnectionString { get; }

    /// <summary>What it needs and what is not beside it: name and version.</summary>
    public IEnumerable<string> Missing =>
        _assembly.GetReferencedAssemblies().Where(IsMissing).Select(LibraryProblem.Shortly);

    private bool IsMissing(AssemblyName name)
    {
        try
        {
            AssemblyLoadContext.GetLoadContext(_assembly)!.LoadFromAssemblyName(name);
            return false;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
    }

    private Version? Wanted(string name) =>
        Array.Find(_assembly.GetReferencedAssemblies(), wanted => wanted.Name == name)?.Version;

    private void RequireRuntime()
    {
        if (Wanted("System.Runtime") is { } wanted && wanted.Major > Environment.Version.Major)
        {
            throw new InvalidRequestException(
                $"{File} was built for .NET {wanted.Major}, and this program runs on .NET {Environment.Version.Major}.",
                "Build the library for an older framework, or set DOTNET_ROLL_FORWARD=LatestMajor where the newer one is installed."
            );
        }
    }
}
