using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Hosting.Process;
using Nitejar.Migrations.Tool.Loading;

namespace Nitejar.Migrations.Tool;

/// <summary>Finds migrations in libraries that were built before, as FluentMigrator's own runner does.</summary>
internal static class MigrationLibraries
{
    /// <summary>Reads the libraries, each with what is beside it.</summary>
    /// <param name="files">Their paths, relative to the working directory.</param>
    /// <exception cref="InvalidRequestException">One cannot be loaded, has no migration, or has one that cannot be applied as it is meant.</exception>
    public static LoadedMigrations Load(IReadOnlyList<string> files)
    {
        var context = new LibraryContext(files);
        var found = new FoundMigrations();
        foreach (var file in files.DistinctBy(Path.GetFullPath))
        {
            found.AddFrom(context.Open(file));
        }

        return found.ToIndex();
    }
}
