using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Trust.Containing.Points;

/// <summary>Answers what two schemas do not tell. Only the rows of keys are looked at, by their indexes.</summary>
internal interface IFoundContent
{
    /// <summary>Whether a row of the table has NULL in the column.</summary>
    bool HoldsNull(Table table, string column);

    /// <summary>Whether a row refers to a parent that is not there.</summary>
    bool HoldsRowWithoutParent(Table table, ForeignKey key);

    /// <summary>What two defaults give at this moment; <see langword="null"/> where one of them gives nothing.</summary>
    (object One, object Other)? Evaluate(SqlText one, SqlText other);
}
