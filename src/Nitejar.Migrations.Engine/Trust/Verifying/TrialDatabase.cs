using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Engine.Trust.Verifying.Comparing;
using Nitejar.Migrations.Engine.Trust.Verifying.Seeding;

namespace Nitejar.Migrations.Engine.Trust.Verifying;

/// <summary>The scratch database on which migrations are tried, with its rows.</summary>
internal sealed class TrialDatabase(
    Replay replay,
    VerifySettings settings,
    CancellationToken cancellation
)
{
    /// <summary>The tables as they were when they got their rows; a table that is still the same gets no more.</summary>
    private DatabaseSchema _seeded = DatabaseSchema.Empty;

    /// <summary>Compares its states.</summary>
    public StateComparison Comparison { get; } = new(replay.Names);

    /// <summary>Applies or reverts.</summary>
    /// <param name="check">What a failure is found by.</param>
    /// <param name="request">What.</param>
    /// <param name="place">Where a failure is said to be.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Trial Run(VerifyCheck check, MigrationRequest request, string place)
    {
        var result = replay.Run(request, cancellation);
        if (result.Failure is OperationCanceledException cancelled)
        {
            throw cancelled;
        }

        return new Trial(
            result,
            result.Failure is { } failure
                ? new Finding(check, place, WordsOf(failure), null, null)
                {
                    Detail = (failure as MigrateException)?.Detail,
                }
                : null
        );
    }

    /// <summary>Applies all that is pending.</summary>
    public UpRequest UpOfAll { get; } = new() { Tags = settings.Tags, AllowBreaking = true };

    /// <summary>The same for a released schema. One without a history, which SQL alone has not, has the migrations that it contains.</summary>
    public UpRequest UpOfReleased()
    {
        using var reader = replay.Database.OpenReader(TimeSpan.Zero);
        return HistoryReader.Read(reader).Applied.Count > 0
            ? UpOfAll
            : UpOfAll with
            {
                Adopts = true,
            };
    }

    /// <summary>Reverts all that can be reverted.</summary>
    public DownRequest DownOfAll { get; } =
        settings.LastForwardOnly is { } last
            ? new DownRequest(To: last)
            : new DownRequest(All: true);

    /// <summary>Whether nothing is left once all that can be reverted is.</summary>
    public bool IsEmptyAfterDown => settings.LastForwardOnly is null;

    /// <summary>Leaves out what the migrations do not make, and so belongs to others.</summary>
    public DatabaseSchema WithoutOthers(DatabaseSchema schema, DatabaseSchema made) =>
        new(
            [.. schema.Tables.Where(t => made.Tables.Any(m => IsSame(m.Name, t.Name)))],
            [.. schema.Views.Where(v => made.Views.Any(m => IsSame(m.Name, v.Name)))],
            [.. schema.Sequences.Where(s => made.Sequences.Any(m => IsSame(m.Name, s.Name)))]
        )
        {
            Routines = [.. schema.Routines.Where(r => Has(made.Routines, r))],
            Types = [.. schema.Types.Where(t => Has(made.Types, t))],
        };

    /// <summary>Keeps its state as it is.</summary>
    public IScratchState Keep() => replay.Keep();

    /// <summary>Tells from SQL which rows it may change or delete.</summary>
    public RowEffects EffectsOf(string sql, DatabaseSchema before) => replay.EffectsOf(sql, before);

    /// <summary>Fills the tables that are new, or look otherwise than when they got their rows.</summary>
    /// <returns>Sentences about tables that stay empty.</returns>
    public IReadOnlyList<string> Seed()
    {
        var schema = replay.ReadSchema();
        if (schema.Tables.Count == 0)
        {
            return [];
        }

        using var writer = replay.OpenWriter();
        var seeder = new Seeder(writer, replay.Names, settings.Rows);
        seeder.FillAddedColumns(_seeded, schema, cancellation);
        var written = seeder.Fill(
            schema,
            table => !IsSeeded(table),
            table => !_seeded.Tables.Any(old => IsSame(old.Name, table.Name)),
            cancellation
        );
        writer.Commit();
        _seeded = schema;
        return
        [
            .. written
                .Where(table => table.Problem is not null)
                .Select(table => $"{table.Table} has no rows here: {table.Problem}."),
        ];
    }

    /// <summary>How many rows there are.</summary>
    public long CountRows()
    {
        var schema = replay.ReadSchema();
        if (schema.Tables.Count == 0)
        {
            return 0;
        }

        using var writer = replay.OpenWriter();
        return SeedOrder.Of(schema, replay.Names).Sum(writer.Count);
    }

    private bool IsSeeded(Table table) =>
        _seeded.Tables.Any(old =>
            IsSame(old.Name, table.Name) && old.Definition == table.Definition
        );

    private bool Has(IReadOnlyList<SchemaObject> made, SchemaObject found) =>
        made.Any(other => IsSame(other.Name, found.Name));

    private bool IsSame(ObjectName one, ObjectName other) =>
        replay.Names.Equals(one.ToString(), other.ToString());

    /// <summary>The path of a temporary file says nothing, and is another one each time.</summary>
    private string WordsOf(Exception failure) =>
        failure.Message.Replace(
            replay.Database.Name,
            "the scratch database",
            StringComparison.Ordinal
        );
}

/// <summary>A run on a scratch database.</summary>
/// <param name="Result">Its outcome.</param>
/// <param name="Failure">What it found; <see langword="null"/> where it came to its end.</param>
internal sealed record Trial(RunResult Result, Finding? Failure)
{
    /// <summary>How long its steps took.</summary>
    public TimeSpan Duration =>
        Result.Steps.Aggregate(TimeSpan.Zero, (sum, step) => sum + step.Duration);
}
