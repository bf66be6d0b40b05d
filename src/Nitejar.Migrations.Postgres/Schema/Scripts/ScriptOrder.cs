using Nitejar.Migrations.Postgres.Schema.Catalog;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Schema.Scripts;

/// <summary>An object and the statement that makes it.</summary>
/// <param name="Name">A letter for its kind, and its number.</param>
/// <param name="Sql">The statement.</param>
internal sealed record ScriptObject(string Name, string Sql);

/// <summary>What has to be made before what.</summary>
internal sealed class ScriptOrder
{
    private readonly ILookup<string, string> _needs;

    private ScriptOrder(ILookup<string, string> needs, IReadOnlyList<string> extensions)
    {
        _needs = needs;
        Extensions = extensions;
    }

    /// <summary>The statements that make the extensions of the schema.</summary>
    public IReadOnlyList<string> Extensions { get; }

    public static ScriptOrder Read(NpgsqlConnection connection, string schema)
    {
        using var batch = new NpgsqlBatch(connection);
        foreach (var query in (string[])[OrderQueries.Dependencies, OrderQueries.Extensions])
        {
            batch.BatchCommands.Add(
                new NpgsqlBatchCommand(query) { Parameters = { new() { Value = schema } } }
            );
        }

        using var reader = batch.ExecuteReader();
        var needs = new List<(string Object, string Needed)>();
        while (reader.Read())
        {
            needs.Add((reader.GetString(0), reader.GetString(1)));
        }

        reader.NextResult();
        var extensions = new List<string>();
        while (reader.Read())
        {
            extensions.Add(reader.GetString(0));
        }

        return new ScriptOrder(
            needs.ToLookup(need => need.Object, need => need.Needed),
            extensions
        );
    }

    /// <summary>Returns the statements in the given order, each behind those of what it needs.</summary>
    public IReadOnlyList<string> Sort(IEnumerable<ScriptObject> objects)
    {
        var all = objects.ToArray();
        var byName = all.ToDictionary(o => o.Name);
        var done = new HashSet<string>();
        var sorted = new List<string>();
        var waiting = new Stack<(ScriptObject Object, bool AreNeedsMade)>();
        foreach (var first in all)
        {
            waiting.Push((first, false));
            while (waiting.TryPop(out var next))
            {
                if (next.AreNeedsMade)
                {
                    sorted.Add(next.Object.Sql);
                }
                else if (done.Add(next.Object.Name))
                {
                    waiting.Push((next.Object, true));
                    foreach (var need in _needs[next.Object.Name])
                    {
                        if (!done.Contains(need) && byName.TryGetValue(need, out var needed))
                        {
                            waiting.Push((needed, false));
                        }
                    }
                }
            }
        }

        return sorted;
    }
}
