using System.Reflection;
using System.Runtime.Loader;
using FluentMigrator;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Processors.Postgres;
using FluentMigrator.Runner.Processors.SQLite;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Catalog;
using Npgsql;

namespace Nitejar.Migrations.Tool.Loading;

/// <summary>
/// The assemblies whose types go between this program and a library: the runtime's, FluentMigrator, the databases'
/// drivers, and what these are made of. A library has to mean this program's own; everything else is the library's.
/// </summary>
internal static class SharedAssemblies
{
    private static readonly Dictionary<string, Assembly> s_byName = Closure(
        typeof(IMigration).Assembly,
        typeof(IMigrationRunner).Assembly,
        typeof(SQLiteProcessor).Assembly,
        typeof(PostgresProcessor).Assembly,
        typeof(SqliteConnection).Assembly,
        typeof(NpgsqlConnection).Assembly,
        typeof(LosesDataAttribute).Assembly
    );

    /// <summary>Returns the assembly that is meant by a name; <see langword="null"/> for one that is not shared, or older here than is wanted.</summary>
    public static Assembly? Find(AssemblyName wanted) =>
        (s_byName.GetValueOrDefault(wanted.Name!) ?? FindInRuntime(wanted.Name!)) is { } assembly
        && wanted.Version <= VersionOf(assembly)
            ? assembly
            : null;

    /// <summary>A program that is published with its runtime has all of that beside it, too.</summary>
    private static Assembly? FindInRuntime(string name) =>
        File.Exists(Path.Combine(Frameworks.OfRuntime, $"{name}.dll"))
            ? AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(name))
            : null;

    /// <summary>Returns what a library was built for that is newer than this program has; <see langword="null"/> for nothing.</summary>
    public static AssemblyName? FindNewer(Assembly library) =>
        Array.Find(
            library.GetReferencedAssemblies(),
            static wanted =>
                wanted.Name!.StartsWith(nameof(FluentMigrator), StringComparison.Ordinal)
                && s_byName.TryGetValue(wanted.Name, out var assembly)
                && wanted.Version > VersionOf(assembly)
        );

    /// <summary>The version of FluentMigrator that this program has.</summary>
    public static Version FluentMigrator => VersionOf(typeof(IMigration).Assembly);

    private static Version VersionOf(Assembly assembly) => assembly.GetName().Version!;

    private static Dictionary<string, Assembly> Closure(params Assembly[] roots)
    {
        var found = new Dictionary<string, Assembly>(StringComparer.OrdinalIgnoreCase);
        var waiting = new Queue<Assembly>(roots);
        while (waiting.TryDequeue(out var assembly))
        {
            if (found.TryAdd(assembly.GetName().Name!, assembly))
            {
                foreach (var reference in assembly.GetReferencedAssemblies().Where(IsNotOfRuntime))
                {
                    waiting.Enqueue(Assembly.Load(reference));
                }
            }
        }

        return found;
    }

    /// <summary>The runtime's own are the same for everyone anyway.</summary>
    private static bool IsNotOfRuntime(AssemblyName name) =>
        name.Name is not ("netstandard" or "mscorlib")
        && !name.Name!.StartsWith("System.", StringComparison.Ordinal);
}
