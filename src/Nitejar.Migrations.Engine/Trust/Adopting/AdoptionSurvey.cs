using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Trust.Containing;
using Nitejar.Migrations.Engine.Trust.Containing.Points;
using Nitejar.Migrations.Engine.Trust.Replaying;

namespace Nitejar.Migrations.Engine.Trust.Adopting;

/// <summary>
/// Finds which migrations a database has already, though they were not applied to it: the most of them whose whole work is
/// contained in it. They are compared as they leave the database together, so that what one of them renames is looked for
/// under its last name.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="catalog">The migrations, those with tags included.</param>
internal sealed class AdoptionSurvey(IDatabase database, MigrationCatalog catalog)
{
    /// <summary>Finds them, where the request adopts any.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="history">What the database says.</param>
    /// <param name="reader">The database; <see langword="null"/> while it does not exist.</param>
    /// <param name="rows">Whether rows are read; where they are not, they are taken to be as they should be.</param>
    /// <returns><see langword="null"/> for a request that does not, and for a database that does not exist.</returns>
    /// <exception cref="RefusedException">Something of the migrations is there, and they cannot be adopted.</exception>
    public Adoption? For(
        MigrationRequest request,
        MigrationHistory history,
        DatabaseReader? reader,
        RowInspection rows = RowInspection.Included
    ) =>
        reader is not null && request is AdoptRequest or UpRequest { Adopts: true }
            ? Find(history, reader!, rows)
            : null;

    private Adoption Find(MigrationHistory history, DatabaseReader reader, RowInspection rows)
    {
        var pending = catalog.All.Where(known => !history.IsApplied(known.Id.Version)).ToArray();
        if (pending.Length == 0)
        {
            return Adoption.OfNothing;
        }

        reader.RequireScratch();
        using var replay = SchemaReplay.Begin(database, CancellationToken.None);
        AppliedReplay.Apply(replay, (catalog, history), reader);
        var before = replay.ReadSchema();
        var states = Replay(replay, pending);
        var found = new FoundDatabase(
            reader.ReadSchema(),
            replay.Names,
            new FoundContent(
                rows == RowInspection.Included ? sql => FindsRow(reader, sql) : null,
                replay.Queries
            )
        );
        if (found.HasOf(before, states).Count == 0)
        {
            return Adoption.OfNothing;
        }

        RequirePreconditions(pending, reader);
        return Choose(states, found, reader) ?? throw Refusal(states, found, reader);
    }

    private static bool FindsRow(DatabaseReader reader, string sql) =>
        reader.Translate(_ => reader.Schema.Read(sql).Rows.Count > 0);

    private static List<ReplayedState> Replay(SchemaReplay replay, KnownMigration[] pending)
    {
        var states = new List<ReplayedState>(pending.Length);
        foreach (var known in pending)
        {
            replay.Apply(known);
            states.Add(new ReplayedState(known, replay.ReadSchema()));
        }

        return states;
    }

    private static Adoption? Choose(
        List<ReplayedState> states,
        FoundDatabase found,
        DatabaseReader reader
    )
    {
        for (var last = states.Count - 1; last >= 0; last--)
        {
            var points = found.PointsOf(states[last].Schema);
            if (points.All(point => point.Level == PointLevel.Note))
            {
                return found.HasOf(states[last].Schema, states.Skip(last + 1)).Count == 0
                    ? new Adoption([.. states.Take(last + 1).Select(state => state.Last)], points)
                    {
                        FoundSchema = reader.HasWholeDefinitions
                            ? found.ScriptOf(states[last].Schema)
                            : string.Join('\n', reader.ReadSchemaScript()),
                        Objects =
                        [
                            .. states[last].Schema.Tables.Select(table => table.Name.Name),
                            .. states[last].Schema.Views.Select(view => view.Name.Name),
                        ],
                    }
                    : null;
            }
        }

        return null;
    }

    private static AdoptionRefusedException Refusal(
        List<ReplayedState> states,
        FoundDatabase found,
        DatabaseReader reader
    )
    {
        var (at, nearest) = states
            .Index()
            .OrderByDescending(state => found.NearnessTo(state.Item.Schema))
            .ThenByDescending(state => state.Index)
            .First();
        IReadOnlyList<ContainmentPoint> points =
        [
            .. found.PointsOf(nearest.Schema),
            .. found.HasOf(nearest.Schema, states.Skip(at + 1)),
        ];
        return new AdoptionRefusedException(nearest.Last.Id, points, OtherHistories.Read(reader))
        {
            Detail = AdoptionRefusedException.ToLines(points),
        };
    }

    /// <summary>What a migration must not be applied to, it must not be adopted in, nor anything before it.</summary>
    private void RequirePreconditions(KnownMigration[] pending, DatabaseReader reader)
    {
        var compiler = MigrationCompiler.For(database);
        foreach (var known in pending)
        {
            var script = compiler.Compile(known, Direction.Up, schema: null);
            compiler.RequirePreconditions(known.Id, script, reader.Schema);
        }
    }
}
