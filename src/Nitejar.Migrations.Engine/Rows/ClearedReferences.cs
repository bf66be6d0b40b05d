using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Rows;

/// <summary>Counts the references that a DELETE sets to NULL in rows that stay (ON DELETE SET NULL).</summary>
internal sealed class ClearedReferences(ISession session)
{
    private readonly List<(string Table, string Column, Counts Before)> _columns = [];

    /// <summary>Counts before the statement.</summary>
    public void Before(IEnumerable<(string Table, string Column)> columns) =>
        _columns.AddRange(columns.Select(column => (column.Table, column.Column, Read(column))));

    /// <summary>What is gone after it, by the names of now. Rows that went as a whole are not counted.</summary>
    public IReadOnlyList<DataLoss> After()
    {
        var losses = _columns.ConvertAll(column =>
        {
            var now = Read((column.Table, column.Column));
            var values = column.Before.Values - now.Values;
            var rows = column.Before.Rows - now.Rows;
            return new DataLoss(column.Table, column.Column, Math.Max(0, values - rows));
        });
        _columns.Clear();
        return losses;
    }

    private Counts Read((string Table, string Column) column) =>
        session.Query(
            $"SELECT count(*), count({Identifier.Quote(column.Column)}) FROM {session.Dialect.Qualify(column.Table)}",
            row => new Counts(row.GetInt64(0), row.GetInt64(1))
        )[0];

    private sealed record Counts(long Rows, long Values);
}
