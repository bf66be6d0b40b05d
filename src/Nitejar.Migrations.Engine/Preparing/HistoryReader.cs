using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Reading;

namespace Nitejar.Migrations.Engine.Preparing;

/// <summary>Reads as much of a history as a question needs.</summary>
public static class HistoryReader
{
    /// <summary>The whole history; empty for <see langword="null"/>, a database that does not exist.</summary>
    public static MigrationHistory Read(DatabaseReader? reader) =>
        reader is null
            ? MigrationHistory.Empty
            : new MigrationHistory(reader.ReadApplied(), reader.ReadJournalState());

    /// <summary>What the planner needs for this request; a plain <c>up</c> never opens the journal.</summary>
    public static MigrationHistory ReadFor(MigrationRequest request, DatabaseReader? reader) =>
        reader is not null
        && request is UpRequest { AcceptChanged: null or { Count: 0 }, Adopts: false }
            ? new MigrationHistory(reader.ReadApplied(), JournalState.Empty)
            : Read(reader);

    /// <summary>Refuses to revert anything in a database that does not exist: the path is wrong.</summary>
    /// <exception cref="DatabaseUnavailableException">It does not exist, and the request is not an <c>up</c>.</exception>
    public static void RequireExists(
        IDatabase database,
        MigrationRequest request,
        DatabaseReader? reader
    )
    {
        if (reader is null && request is not UpRequest)
        {
            throw DatabaseUnavailableException.Absent(
                database.Name,
                request is AdoptRequest ? "adopted" : "reverted"
            );
        }
    }
}
