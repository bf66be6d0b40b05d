using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Schemas.Tables;

/// <summary>
/// A part of a table that only some kinds of databases have: a policy, a rule, an exclusion constraint, what it is
/// partitioned by, how it is stored, a comment.
/// </summary>
/// <param name="Kind">What it is, in a word or two of SQL.</param>
/// <param name="Name">Its name; empty for what a table has only one of.</param>
/// <param name="Definition">What makes it, or the rest of that.</param>
public sealed record TablePart(string Kind, string Name, SqlText Definition)
{
    /// <summary>The part as people call it: <c>policy p</c>.</summary>
    public override string ToString() => Name.Length == 0 ? Kind : $"{Kind} {Name}";
}
