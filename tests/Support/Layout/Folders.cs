namespace Nitejar.Tests.Layout;

/// <summary>The folders of a project, as its namespaces name them.</summary>
internal static class Folders
{
    /// <summary>Finds folders that need each other, directly or through others.</summary>
    /// <param name="root">Any type at the root of the project.</param>
    /// <returns>The shortest way from a folder back to itself, step by step; empty where there is none.</returns>
    public static IReadOnlyList<Need> FindCycle(Type root)
    {
        var needs = NeedsOf(root)
            .DistinctBy(need => (need.Folder, need.Needed))
            .ToLookup(need => need.Folder);
        return needs
                .SelectMany(folder => folder)
                .Select(need => WayBack(need, needs))
                .OfType<Need[]>()
                .MinBy(way => way.Length)
            ?? [];
    }

    private static Need[]? WayBack(Need first, ILookup<string, Need> needs)
    {
        var ways = new Queue<Need[]>([
            [first],
        ]);
        var seen = new HashSet<string> { first.Needed };
        while (ways.TryDequeue(out var way))
        {
            if (way[^1].Needed == first.Folder)
            {
                return way;
            }

            foreach (var next in needs[way[^1].Needed].Where(next => seen.Add(next.Needed)))
            {
                ways.Enqueue([.. way, next]);
            }
        }

        return null;
    }

    private static IEnumerable<Need> NeedsOf(Type root)
    {
        bool IsOurs(Type type) =>
            type.Assembly == root.Assembly
            && $"{type.Namespace}.".StartsWith($"{root.Namespace}.", StringComparison.Ordinal);

        return root
            .Assembly.GetTypes()
            .Where(IsOurs)
            .SelectMany(type =>
                TypeReferences
                    .Of(type)
                    .Where(IsOurs)
                    .Where(needed => needed.Namespace != type.Namespace)
                    .Select(needed => new Need(type, needed))
            );
    }

    /// <summary>A type that needs a type of another folder.</summary>
    internal sealed record Need(Type From, Type To)
    {
        public string Folder => From.Namespace!;

        public string Needed => To.Namespace!;

        public override string ToString() => $"{From} needs {To}";
    }
}
