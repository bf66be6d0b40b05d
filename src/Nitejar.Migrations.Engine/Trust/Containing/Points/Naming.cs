using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Trust.Containing.Points;

/// <summary>Finds objects by their names, and names them in points.</summary>
internal static class Naming
{
    /// <summary>The object with a name; <see langword="null"/> if there is none.</summary>
    public static T? Named<T>(
        this IEnumerable<T> items,
        string name,
        Func<T, string> nameOf,
        IEqualityComparer<string> names
    )
        where T : class => items.FirstOrDefault(item => names.Equals(nameOf(item), name));

    /// <summary>An object with its kind: <c>table agents</c>.</summary>
    public static string Words(string kind, ObjectName name) => $"{kind} {name}";
}
