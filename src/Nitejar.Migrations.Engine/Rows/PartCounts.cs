using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Rows;

/// <summary>
/// Counts the rows that each part of a statement deletes or changes, by temporary triggers: a database tells one number,
/// of all parts together or of the last one.
/// </summary>
internal sealed class PartCounts(ISession session)
{
    private const string Seen = "nitejar_parts";
    private readonly List<(EffectKind Kind, string Table)> _parts = [];
    private readonly Dictionary<(EffectKind Kind, string Table), long> _rows = [];

    /// <summary>Watches a statement of more than one part.</summary>
    public void Before(Statement statement)
    {
        _rows.Clear();
        var parts = statement
            .Effects.Where(effect =>
                !effect.IsOfAllRows
                && effect.Kind is EffectKind.Insert or EffectKind.Update or EffectKind.Delete
            )
            .Select(effect => (effect.Kind, effect.Name))
            .Distinct()
            .ToArray();
        if (parts.Length < 2 && !statement.ChangesWithin)
        {
            return;
        }

        foreach (var part in parts.Where(part => part.Kind != EffectKind.Insert))
        {
            Watch(part);
        }
    }

    /// <summary>The statement was executed: counts, and watches no longer.</summary>
    public void After()
    {
        if (_parts.Count == 0)
        {
            return;
        }

        for (var i = 0; i < _parts.Count; i++)
        {
            _rows[_parts[i]] = session.Number(
                $"SELECT count(*) FROM {session.Dialect.QualifyTemporary(Seen)} WHERE part = @part",
                ("@part", (long)i)
            );
            session.Rows.DropTrigger(TriggerName(i));
        }

        _parts.Clear();
        session.Execute($"DROP TABLE {session.Dialect.QualifyTemporary(Seen)}");
    }

    /// <summary>How many rows were met; <see langword="null"/> where they were not counted.</summary>
    public long? Of(Effect effect) =>
        _rows.TryGetValue((effect.Kind, effect.Name), out var rows) ? rows : null;

    private void Watch((EffectKind Kind, string Table) part)
    {
        if (session.Tables.Find(part.Table) is not { IsVirtual: false } table)
        {
            return;
        }

        if (_parts.Count == 0)
        {
            session.Execute(
                $"CREATE TABLE {session.Dialect.QualifyTemporary(Seen)} (part {session.Dialect.Types.Integer})"
            );
        }

        var number = _parts.Count;
        _parts.Add(part);
        session.Rows.CreateTrigger(
            new RowTrigger(
                TriggerName(number),
                part.Kind == EffectKind.Delete ? "DELETE" : "UPDATE",
                table.Quoted,
                $"INSERT INTO {Identifier.Quote(Seen)} VALUES ({number})"
            )
        );
    }

    private static string TriggerName(int number) => $"nitejar_part_{number}";
}
