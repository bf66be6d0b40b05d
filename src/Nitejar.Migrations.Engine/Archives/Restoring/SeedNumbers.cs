using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Archives.Restoring;

/// <summary>The numbers that the database gives to rows of an Up while archived rows, which once had some of them, wait to come back.</summary>
internal sealed class SeedNumbers(ISession session, StepStatements statements, StepTables names)
{
    private readonly Dictionary<string, long?> _counters = new(session.Dialect.Names);

    /// <summary>The counter that a table had before the step; <see langword="null"/> where it had none.</summary>
    /// <param name="table">The name that the table has when its rows come back.</param>
    public long? Before(string table) => _counters.GetValueOrDefault(table);

    /// <summary>Notes the counter of a table.</summary>
    /// <param name="archive">What comes back to it.</param>
    /// <param name="table">The table as it is before the step.</param>
    /// <param name="rewinds">Whether the Up is to give its rows the numbers that they had at first.</param>
    public void Read(StoredArchive archive, StoredTable table, bool rewinds)
    {
        var counter = session.Rows.ReadCounter(table.Name);
        _counters[archive.Entry.Table] = counter;
        if (rewinds && counter is not null)
        {
            Rewind(archive, table);
        }
    }

    /// <summary>
    /// Lets the Up give its rows the numbers that they had at first, where those are free, so that what it makes of them
    /// elsewhere is the same again. The counter is set when the rows are back, so that it is not seen before. The lowest archived
    /// number need not be the first one that the Up was given: it or users may have deleted that row. An Up that names a number
    /// after it was given some might then be given that one.
    /// </summary>
    private void Rewind(StoredArchive archive, StoredTable table)
    {
        if (
            table.PrimaryKey is not [var column]
            || table.Number is null
            || !session.Rows.Counts(table.Name, column)
            || !ArchivedRows.Have(session, ArchivedRows.ColumnsOf(session, archive), [column])
            || NamesNumberAfterOthers(table.Name, column)
        )
        {
            return;
        }

        var key = Identifier.Quote(column);
        var free = session.Query(
            $"SELECT CAST(min({key}) AS {session.Dialect.Types.Integer}) FROM {archive.Quoted} HAVING min({key}) > (SELECT coalesce(max({key}), 0) FROM {table.Quoted})",
            row => row.GetInt64(0)
        );
        if (free is [var first])
        {
            session.Rows.SetCounter(table.Name, first - 1);
        }
    }

    /// <summary>Whether a row of the table is given its number, and a later one names its own.</summary>
    private bool NamesNumberAfterOthers(string table, string column)
    {
        var isOneGiven = false;
        foreach (var statement in statements.All.Where(statement => Fills(statement, table)))
        {
            if (isOneGiven && Names(statement, column))
            {
                return true;
            }

            isOneGiven |= !Names(statement, column);
        }

        return false;
    }

    private bool Fills(Statement statement, string table) =>
        statement
            .Of(EffectKind.Insert)
            .Any(insert => names.NamesOf(table).Contains(insert.Name, session.Dialect.Names));

    private bool Names(Statement statement, string column) =>
        statement.InsertedColumns is not { } columns
        || session.Dialect.WordsOf(columns).Contains(column.ToLowerInvariant());
}
