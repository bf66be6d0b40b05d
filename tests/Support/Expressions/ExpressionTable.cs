using FluentMigrator;
using static Nitejar.Tests.Expressions.ExpressionCase;

namespace Nitejar.Tests.Expressions;

/// <summary>Every expression of FluentMigrator that its SQLite generator knows or refuses.</summary>
internal static class ExpressionTable
{
    public static IReadOnlyList<ExpressionCase> All { get; } =
    [
        .. TableExpressions.All,
        .. ChangeExpressions.All,
        .. RowExpressions.All,
        .. SqlExpressions.All,
    ];
}
