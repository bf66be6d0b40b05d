using FluentMigrator.Expressions;
using FluentMigrator.Runner.Generators;
using FluentMigrator.Runner.Generators.Postgres;
using FluentMigrator.Runner.Processors.Postgres;
using Microsoft.Extensions.Options;

namespace Nitejar.Migrations.Postgres.FluentMigrations;

/// <summary>
/// FluentMigrator's generator for PostgreSQL 15 and newer, with two of its gaps closed: in strict mode it refuses the
/// features of PostgreSQL that its own columns implement, and it leaves out the comments of new tables and columns.
/// </summary>
internal sealed class PostgresSqlGenerator(IOptions<GeneratorOptions> options)
    : Postgres15_0Generator(new PostgresQuoter(new PostgresOptions()), options)
{
    /// <summary>How the features of FluentMigrator.Extensions.Postgres begin. Those of other databases stay refused.</summary>
    private const string FeaturePrefix = "Postgres";

    /// <inheritdoc />
    public override bool IsAdditionalFeatureSupported(string feature) =>
        feature.StartsWith(FeaturePrefix, StringComparison.Ordinal)
        || base.IsAdditionalFeatureSupported(feature);

    /// <inheritdoc />
    public override string Generate(CreateTableExpression expression) =>
        WithComments(
            base.Generate(expression),
            DescriptionGenerator.GenerateDescriptionStatements(expression)
        );

    /// <inheritdoc />
    public override string Generate(CreateColumnExpression expression) =>
        WithComments(
            base.Generate(expression),
            [DescriptionGenerator.GenerateDescriptionStatement(expression)]
        );

    /// <inheritdoc />
    public override string Generate(AlterTableExpression expression) =>
        WithComments(
            base.Generate(expression),
            [DescriptionGenerator.GenerateDescriptionStatement(expression)]
        );

    /// <summary>A comment ends with a semicolon of its own.</summary>
    private static string WithComments(string statement, IEnumerable<string> comments)
    {
        var written = comments.Where(comment => !string.IsNullOrEmpty(comment)).ToArray();
        return written.Length == 0
            ? statement
            : string.Join(
                '\n',
                written.Prepend(statement.TrimEnd().TrimEnd(';') + ";").Where(part => part != ";")
            );
    }
}
