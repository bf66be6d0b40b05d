using System.Data.Common;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Trust.Containing;

/// <summary>Asks the database with SQL that every kind of database takes.</summary>
/// <param name="findsRow">Whether a SELECT finds a row in the database; <see langword="null"/> to look at no row, and expect the best of them.</param>
/// <param name="scratch">An empty one of the same kind, where expressions of the other can do no harm.</param>
internal sealed class FoundContent(Func<string, bool>? findsRow, ISchemaQueries scratch)
    : IFoundContent
{
    public bool HoldsNull(Table table, string column) =>
        Any(
            $"SELECT 1 FROM {Quote(table.Name)} WHERE {Quote(column)} IS NULL LIMIT 1",
            orElse: true
        );

    public bool HoldsRowWithoutParent(Table table, ForeignKey key)
    {
        if (key.Referenced.Count != key.Columns.Count)
        {
            return false;
        }

        var refers = key.Columns.Select(column => $"c.{Quote(column)} IS NOT NULL");
        var parent = key.Columns.Zip(
            key.Referenced,
            (own, referenced) => $"p.{Quote(referenced)} = c.{Quote(own)}"
        );
        return Any(
            $"SELECT 1 FROM {Quote(table.Name)} AS c WHERE {And(refers)} AND NOT EXISTS (SELECT 1 FROM {Quote(key.Table)} AS p WHERE {And(parent)}) LIMIT 1",
            orElse: false
        );
    }

    public (object One, object Other)? Evaluate(SqlText one, SqlText other)
    {
        try
        {
            return
                scratch.Read($"SELECT ({one.Raw}), ({other.Raw})").Rows is [[{ } first, { } second]]
                ? (first, second)
                : null;
        }
        catch (Exception e) when (e is NotSupportedException or DbException)
        {
            // An expression that only the other tool's program knows.
            return null;
        }
    }

    /// <param name="sql">What is looked for.</param>
    /// <param name="orElse">What is taken to be so where the database cannot tell: without a collation that its application brings along.</param>
    private bool Any(string sql, bool orElse)
    {
        try
        {
            return findsRow?.Invoke(sql) == true;
        }
        catch (NotSupportedException)
        {
            return orElse;
        }
    }

    private static string And(IEnumerable<string> conditions) => string.Join(" AND ", conditions);

    private static string Quote(ObjectName name) =>
        name.Schema is { } schema ? $"{Quote(schema)}.{Quote(name.Name)}" : Quote(name.Name);

    private static string Quote(string name) =>
        $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
