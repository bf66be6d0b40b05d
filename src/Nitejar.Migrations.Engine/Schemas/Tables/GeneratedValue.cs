using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Schemas.Tables;

/// <summary>What a generated column is computed from.</summary>
/// <param name="Expression">The expression.</param>
/// <param name="IsStored">Whether it is computed when the row is written, rather than when it is read.</param>
public sealed record GeneratedValue(SqlText Expression, bool IsStored);
