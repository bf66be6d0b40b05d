using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Schemas.Comparing;

/// <summary>Collects differences.</summary>
internal sealed class DifferenceList(IEqualityComparer<string> names)
{
    private readonly List<Difference> _all = [];

    public IReadOnlyList<Difference> All => _all;

    /// <summary>Which names are the same.</summary>
    public IEqualityComparer<string> Names => names;

    /// <summary>Collects those of one table, view or sequence.</summary>
    public OfObject On(ObjectName name) => new(_all, names, name);

    /// <summary>The differences of one object.</summary>
    public sealed class OfObject(
        List<Difference> all,
        IEqualityComparer<string> names,
        ObjectName name
    )
    {
        /// <summary>Which names are the same.</summary>
        public IEqualityComparer<string> Names => names;

        public void Add(DifferenceKind kind, string? part, string? before, string? after) =>
            all.Add(new Difference(kind, new SchemaPath(name, part), before, after));

        /// <summary>Compares words that have to be the same.</summary>
        public void Compare(DifferenceKind kind, string? part, string? before, string? after)
        {
            if (before != after)
            {
                Add(kind, part, before, after);
            }
        }

        /// <summary>Compares SQL by its normal form.</summary>
        public void Compare(DifferenceKind kind, string? part, SqlText? before, SqlText? after)
        {
            if (before?.Normal != after?.Normal)
            {
                Add(kind, part, before?.Raw, after?.Raw);
            }
        }

        public void Compare(IReadOnlyList<Trigger> before, IReadOnlyList<Trigger> after)
        {
            foreach (var (old, now) in Pairs.Of(before, after, trigger => trigger.Name, names))
            {
                Compare(
                    DifferenceKind.Trigger,
                    (old ?? now)!.Name,
                    old?.Definition,
                    now?.Definition
                );
            }
        }

        public void Compare(IReadOnlyList<TablePart> before, IReadOnlyList<TablePart> after)
        {
            foreach (var (old, now) in Pairs.Of(before, after, part => part.ToString(), names))
            {
                Compare(
                    DifferenceKind.TablePart,
                    (old ?? now)!.ToString(),
                    old?.Definition,
                    now?.Definition
                );
            }
        }

        /// <summary>Compares whether a constraint holds for all rows, or whether an index is complete.</summary>
        public void CompareValidity(string? part, bool before, bool after) =>
            Compare(
                DifferenceKind.Validity,
                part,
                before ? null : "not valid",
                after ? null : "not valid"
            );

        /// <summary>Whether these are the same names in the same order.</summary>
        public bool AreSame(IEnumerable<string> before, IEnumerable<string> after) =>
            before.SequenceEqual(after, names);
    }
}
