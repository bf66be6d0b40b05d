using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Comparing;
using Nitejar.Migrations.Engine.Trust.Containing;
using Nitejar.Migrations.Engine.Trust.Containing.Points;
using Nitejar.Migrations.Engine.Trust.Replaying;

namespace Nitejar.Migrations.Engine.Trust.Drifting;

/// <summary>
/// Compares a database with what its applied migrations make on a scratch database. After an adoption, that begins with the
/// objects as they were adopted.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="catalog">The migrations.</param>
public sealed class DriftSurvey(IDatabase database, MigrationCatalog catalog)
{
    /// <summary>Finds what has changed.</summary>
    /// <param name="reader">The database; <see langword="null"/> where there is none.</param>
    /// <exception cref="DatabaseUnavailableException">There is none, or it cannot be read.</exception>
    /// <exception cref="RefusedException">What the applied migrations make cannot be told, or one of them was interrupted.</exception>
    public DriftReport Find(DatabaseReader? reader)
    {
        if (reader is null)
        {
            throw DatabaseUnavailableException.Absent(database.Name, "compared");
        }

        reader.RequireScratch();
        var history = HistoryReader.Read(reader);
        RequireSettled(history);
        var (owned, made) = ReplayFromTheBeginning(history, reader);
        var found = owned.Names.In(reader.ReadSchema());
        var changes = SchemaComparison.Of(owned.Names.In(made[^1]), found, owned.Comparer);
        if (AdoptedAt(history, reader) is not { } adopted)
        {
            return new DriftReport(changes, []);
        }

        var (expected, notes) = ReplayFrom(adopted, (history, reader), made);
        var sinceAdoption = SchemaComparison.Of(owned.Names.In(expected), found, owned.Comparer);
        return new DriftReport(WithoutMade(sinceAdoption, changes, owned.Comparer), notes);
    }

    /// <summary>
    /// Leaves out what is there as the migrations make it: the other tool had made it otherwise, and a Down or an operator has
    /// made it since.
    /// </summary>
    private static IReadOnlyList<Difference> WithoutMade(
        IReadOnlyList<Difference> sinceAdoption,
        IReadOnlyList<Difference> fromMigrations,
        IEqualityComparer<string> names
    ) =>
        [
            .. sinceAdoption.Where(difference =>
                difference.After is null
                || fromMigrations.Any(other =>
                    other.Kind == difference.Kind
                    && names.Equals(other.Path.ToString(), difference.Path.ToString())
                )
            ),
        ];

    /// <summary>The last adoption: which of the applied migrations ended it, and the objects as they were.</summary>
    private static (int Index, string Schema)? AdoptedAt(
        MigrationHistory history,
        DatabaseReader reader
    )
    {
        for (var index = history.Applied.Count - 1; index >= 0; index--)
        {
            if (
                history.JournalOf(history.Applied[index].Version)
                    is { Outcome: JournalOutcome.Adopted } entry
                && reader.ReadJournalSql(entry.Id).AdoptedSchema is { } schema
            )
            {
                return (index, schema);
            }
        }

        return null;
    }

    /// <summary>Returns the schema before the first migration and after each of them.</summary>
    private (
        (OwnedNames Names, IEqualityComparer<string> Comparer),
        List<DatabaseSchema>
    ) ReplayFromTheBeginning(MigrationHistory history, DatabaseReader reader)
    {
        using var replay = SchemaReplay.Begin(database, CancellationToken.None);
        var owned = new OwnedNames(replay.Names);
        var made = new List<DatabaseSchema> { DatabaseSchema.Empty };
        foreach (var applied in history.Applied)
        {
            AppliedReplay.Apply(replay, applied, (catalog, history), reader);
            made.Add(replay.ReadSchema());
            owned.Add(made[^1]);
        }

        return ((owned, replay.Names), made);
    }

    private (DatabaseSchema Expected, IReadOnlyList<ContainmentPoint> Notes) ReplayFrom(
        (int Index, string Schema) adopted,
        (MigrationHistory History, DatabaseReader Reader) found,
        List<DatabaseSchema> made
    )
    {
        using var replay = SchemaReplay.Begin(database, CancellationToken.None);
        replay.Execute(found.History.IdOf(found.History.Applied[adopted.Index]), adopted.Schema);
        var notes = Containment.Of(
            made[adopted.Index + 1],
            replay.ReadSchema(),
            replay.Names,
            new FoundContent(findsRow: null, replay.Queries)
        );
        foreach (var applied in found.History.Applied.Skip(adopted.Index + 1))
        {
            AppliedReplay.Apply(replay, applied, (catalog, found.History), found.Reader);
        }

        return (replay.ReadSchema(), notes);
    }

    private static void RequireSettled(MigrationHistory history)
    {
        if (history.Interrupted is { } interrupted)
        {
            throw new RefusedException(
                $"{interrupted.Migration} runs without a transaction and was interrupted {interrupted.Place}, so it is not known what it has made.",
                "Settle it first, with `down` or `up --resume`."
            )
            {
                Code = ErrorCode.MigrationInterrupted,
            };
        }
    }
}
