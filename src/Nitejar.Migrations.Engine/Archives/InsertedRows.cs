using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives;

/// <summary>
/// Which rows the statements of an Up have inserted into tables that were there before: temporary triggers note the
/// keys of each of them. A table that the Up makes again loses its trigger, and then nothing is known of its rows.
/// </summary>
internal sealed class InsertedRows(ISession session)
{
    /// <summary>What held the rows of each table when it was watched first, or was empty last.</summary>
    private readonly List<string?> _watched = [];

    /// <summary>Notes from here on what is inserted into this table.</summary>
    public void Watch(StoredTable table)
    {
        var key = KeyOf(table);
        if (table.IsVirtual || key.Count == 0)
        {
            return;
        }

        var number = _watched.Count;
        _watched.Add(table.Storage);
        session.Rows.CreateStore(
            session.Dialect.QualifyTemporary(RowsName(number)),
            table,
            key.Select((column, i) => (column, $"k{i}"))
        );
        session.Rows.CreateTrigger(
            new RowTrigger(
                TriggerName(number),
                "INSERT",
                table.Quoted,
                $"INSERT INTO {Identifier.Quote(RowsName(number))} VALUES ({NewKey(table)})"
            )
        );
        if (table.RowPlace is { } place)
        {
            Follow(number, table, place);
        }
    }

    /// <summary>The condition that a row of a table was inserted; <see langword="null"/> where that is not known.</summary>
    /// <param name="table">The table.</param>
    /// <param name="row">The row's name in the SQL around it.</param>
    public string? Condition(StoredTable table, string row = "t")
    {
        for (var number = 0; number < _watched.Count; number++)
        {
            if (IsOf(number, table.Name))
            {
                var key = KeyOf(table).Select(column => $"{row}.{QuoteUnlessRowId(table, column)}");
                return _watched[number] == table.Storage
                    ? $"({string.Join(", ", key)}) IN (SELECT * FROM {session.Dialect.QualifyTemporary(RowsName(number))})"
                    : null;
            }
        }

        return null;
    }

    /// <summary>A statement was executed. A table that it has emptied (TRUNCATE) holds its rows elsewhere from here on, and none yet.</summary>
    public void After(Statement statement)
    {
        foreach (var effect in statement.Of(EffectKind.Delete))
        {
            for (var number = 0; effect.IsOfAllRows && number < _watched.Count; number++)
            {
                if (_watched[number] is not null && IsOf(number, effect.Name))
                {
                    session.Execute(
                        $"DELETE FROM {session.Dialect.QualifyTemporary(RowsName(number))}"
                    );
                    _watched[number] = session.Tables.Find(effect.Name)!.Storage;
                }
            }
        }
    }

    /// <summary>Whether what is inserted into the table of this name is noted.</summary>
    public bool Watches(string table) =>
        Enumerable.Range(0, _watched.Count).Any(number => IsOf(number, table));

    /// <summary>Notes nothing more and forgets what it has noted.</summary>
    public void End()
    {
        for (var number = 0; number < _watched.Count; number++)
        {
            session.Rows.DropTrigger(TriggerName(number));
            session.Rows.DropTrigger(MoveTriggerName(number));
            session.Execute($"DROP TABLE {session.Dialect.QualifyTemporary(RowsName(number))}");
        }

        _watched.Clear();
    }

    /// <summary>A row that is changed has another place from then on.</summary>
    private void Follow(int number, StoredTable table, string place) =>
        session.Rows.CreateTrigger(
            new RowTrigger(
                MoveTriggerName(number),
                "UPDATE",
                table.Quoted,
                $"UPDATE {Identifier.Quote(RowsName(number))} SET k0 = NEW.{place} WHERE k0 = OLD.{place}"
            )
        );

    /// <summary>Whether the table still is the watched one, which a rename does not change.</summary>
    private bool IsOf(int number, string table) =>
        session.Rows.HasTrigger(TriggerName(number), table);

    private static IReadOnlyList<string> KeyOf(StoredTable table) =>
        table.RowId is { } rowId ? [rowId]
        : table.RowPlace is { } place ? [place]
        : table.PrimaryKey;

    private static string NewKey(StoredTable table) =>
        string.Join(", ", KeyOf(table).Select(column => $"NEW.{QuoteUnlessRowId(table, column)}"));

    private static string QuoteUnlessRowId(StoredTable table, string column) =>
        column == table.RowId ? column : Identifier.Quote(column);

    private static string RowsName(int number) => $"nitejar_inserted_{number}";

    private static string MoveTriggerName(int number) => $"nitejar_moves_{number}";

    private static string TriggerName(int number) => $"nitejar_inserts_{number}";
}
