using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Trust.Containing.Points;

/// <summary>Collects points, and knows what they are judged by beside the two schemas.</summary>
/// <param name="names">Which names are the same.</param>
/// <param name="content">What the schemas do not tell.</param>
internal sealed class PointList(IEqualityComparer<string> names, IFoundContent content)
{
    private readonly List<ContainmentPoint> _all = [];

    public IReadOnlyList<ContainmentPoint> All => _all;

    public IEqualityComparer<string> Names => names;

    public IFoundContent Content => content;

    public void Note(string subject, string? expected, string? found) =>
        _all.Add(new ContainmentPoint(subject, expected, found, PointLevel.Note));

    public void Refuse(string subject, string? expected, string? found) =>
        _all.Add(new ContainmentPoint(subject, expected, found, PointLevel.Refusal));

    /// <summary>Whether two lists hold the same names, in any order.</summary>
    public bool AreSameSet(IEnumerable<string> one, IEnumerable<string> other) =>
        one.ToHashSet(names).SetEquals(other);

    /// <summary>Whether the table has all of the columns. What it lacks is said of the column, once.</summary>
    public bool Has(Table found, IEnumerable<string> columns) =>
        columns.All(name => found.Columns.Any(column => names.Equals(column.Name, name)));

    /// <summary>Whether two keys or indexes are over the same columns, in any order, and compare texts in the same way.</summary>
    public bool AreSame(IReadOnlyList<IndexPart> one, IReadOnlyList<IndexPart> other) =>
        one.Count == other.Count && one.All(part => other.Any(second => IsSame(part, second)));

    /// <summary>Whether two parts of a key or an index are the same, whatever their direction.</summary>
    public bool IsSame(IndexPart one, IndexPart other) =>
        names.Equals(one.Column, other.Column)
        && one.Expression?.Normal == other.Expression?.Normal
        && names.Equals(one.Collation, other.Collation);
}
