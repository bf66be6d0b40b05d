using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives.Restoring.Placing;

/// <summary>The rows that an Up has inserted itself into a table, and that archived rows replace.</summary>
internal sealed class ReplacedSeeds(RowPlaces places)
{
    private readonly ISession _session = places.Session;

    /// <summary>Whether there are any.</summary>
    public bool Any() =>
        _session.Any($"SELECT 1 FROM {places.Table.Quoted} AS t WHERE {places.IsSeed} LIMIT 1");

    /// <summary>Whether a row of the Up has been given the values of an archived one, and refers to a row that is not there.</summary>
    public bool AreLoose() =>
        places.Seeds == SeedRule.ReplacedByKey
        && DanglingRows.Condition(_session, places.Table.Name) is { } dangling
        && _session.Any(
            $"SELECT 1 FROM {places.Table.Quoted} AS t WHERE ({places.IsSeed}) AND ({dangling}) LIMIT 1"
        );

    /// <summary>Makes room for the archived rows, as the rule for the table says.</summary>
    public void GiveWay()
    {
        switch (places.Seeds)
        {
            case SeedRule.Replaced:
                Remove();
                break;
            case SeedRule.ReplacedByKey:
                TakeArchivedValues();
                break;
            case SeedRule.Kept:
                break;
            default:
                throw new InvalidOperationException("There is no such rule for seeds.");
        }
    }

    /// <summary>How many archived rows do not come back because the Up has inserted the same ones.</summary>
    public long CountAgain() =>
        places.Stays is null
            ? 0
            : _session.Number(
                $"SELECT count(*) FROM {places.Archive.Quoted} AS a WHERE {places.IsAgainSeed()}"
            );

    private void Remove()
    {
        var gives = places.Stays is null ? "" : $" AND NOT ({places.Stays})";
        _session.Execute($"DELETE FROM {places.Table.Quoted} AS t WHERE {places.IsSeed}{gives}");
    }

    /// <summary>Gives the Up's own rows the values of the archived rows with their keys, where they can take them.</summary>
    private void TakeArchivedValues()
    {
        var values = places.ValueColumns();
        if (!places.HasPlaces || values.Length == 0)
        {
            return;
        }

        var assigned = values.Select(Identifier.Quote).Select(value => $"{value} = a.{value}");
        _ = ArchivedRows.ForThoseThatFit(
            _session,
            places.Archive,
            condition =>
                $"""
                    UPDATE{_session.Dialect.OrIgnore} {places.Table.Quoted} AS t SET {string.Join(
                        ", ",
                        assigned
                    )}
                    FROM {places.Archive.Quoted} AS a WHERE {condition} AND {places.SamePlace} AND {places.IsSeed}
                    """
        );
    }
}
