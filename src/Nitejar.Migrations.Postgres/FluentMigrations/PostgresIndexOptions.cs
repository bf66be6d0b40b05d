using FluentMigrator.Infrastructure;
using FluentMigrator.Infrastructure.Extensions;
using FluentMigrator.Model;
using FluentMigrator.Postgres;
using Nitejar.Migrations.Engine.FluentMigrations;

namespace Nitejar.Migrations.Postgres.FluentMigrations;

/// <summary>Puts what a class says of an index so that FluentMigrator's generator for PostgreSQL loses none of it, or refuses it.</summary>
internal static class PostgresIndexOptions
{
    /// <exception cref="UnsupportedExpressionException">Something of it would get lost.</exception>
    public static void Complete(IndexDefinition index)
    {
        if (
            index.GetAdditionalFeature<string>(PostgresExtensions.IndexTablespace) is
            { Length: > 0 } tablespace
        )
        {
            index.AdditionalFeatures[PostgresExtensions.IndexTablespace] = PostgresColumns.AsMeant(
                tablespace
            );
        }

        RequireOneAnswer(index);
        RequireOrder(index);
    }

    /// <summary>Whether NULLs are the same is a property of the whole index.</summary>
    private static void RequireOneAnswer(IndexDefinition index)
    {
        if (Answers(index, true) && Answers(index, false))
        {
            throw new UnsupportedExpressionException(
                $"the index {index.Name} has columns with NullsDistinct() and others with NullsNotDistinct(), and on PostgreSQL the whole index is one or the other.",
                "Write the same of all its columns."
            );
        }
    }

    private static bool Answers(IndexDefinition index, bool areDistinct) =>
        index
            .Columns.Cast<ISupportAdditionalFeatures>()
            .Append(index)
            .Any(part =>
                part.AdditionalFeatures.TryGetValue(
                    PostgresExtensions.IndexColumnNullsDistinct,
                    out var answer
                ) && areDistinct.Equals(answer)
            );

    private static void RequireOrder(IndexDefinition index)
    {
        var method = index
            .GetAdditionalFeature<PostgresIndexAlgorithmDefinition>(
                PostgresExtensions.IndexAlgorithm
            )
            ?.Algorithm;
        if (
            method is not null and not Algorithm.BTree
            && index.Columns.FirstOrDefault(column =>
                column.Direction == FluentMigrator.Model.Direction.Descending
                || column.AdditionalFeatures.ContainsKey(PostgresExtensions.NullsSort)
            )
                is { } sorted
        )
        {
            throw new UnsupportedExpressionException(
                $"the order of {sorted.Name} in the index {index.Name} would get lost: {method} indexes have none.",
                "Leave it out, or make a B-tree."
            );
        }
    }
}
