using FluentMigrator;
using FluentMigrator.Expressions;
using FluentMigrator.Model;
using FluentMigrator.Postgres;
using FluentMigrator.Runner.Generators;
using FluentMigrator.Runner.Generators.Postgres;
using Microsoft.Extensions.Options;

namespace Nitejar.Migrations.Postgres.FluentMigrations;

/// <summary>
/// FluentMigrator's generator for PostgreSQL 15 and newer. What it leaves out is written, and what cannot be is refused:
/// a class gets what it asks for, or an error.
/// </summary>
internal sealed class PostgresSqlGenerator(IOptions<GeneratorOptions> options)
    : Postgres15_0Generator(new PostgresSqlQuoter(), options)
{
    /// <summary>How the features of FluentMigrator.Extensions.Postgres begin. Those of other databases stay refused.</summary>
    private const string FeaturePrefix = "Postgres";

    /// <inheritdoc />
    public override bool IsAdditionalFeatureSupported(string feature) =>
        feature.StartsWith(FeaturePrefix, StringComparison.Ordinal)
        || base.IsAdditionalFeatureSupported(feature);

    /// <inheritdoc />
    public override string Generate(CreateTableExpression expression)
    {
        foreach (var column in expression.Columns)
        {
            PostgresColumns.Complete(expression.TableName, column);
        }

        return WithComments(
            base.Generate(expression),
            DescriptionGenerator.GenerateDescriptionStatements(expression)
        );
    }

    /// <inheritdoc />
    public override string Generate(CreateColumnExpression expression)
    {
        PostgresColumns.RequireNoKey(expression.TableName, expression.Column);
        PostgresColumns.Complete(expression.TableName, expression.Column);
        return WithComments(
            base.Generate(expression),
            [DescriptionGenerator.GenerateDescriptionStatement(expression)]
        );
    }

    /// <inheritdoc />
    public override string Generate(AlterColumnExpression expression)
    {
        PostgresColumns.RequireNoKey(expression.TableName, expression.Column);
        PostgresColumns.RequireNotComputed(expression.TableName, expression.Column);
        PostgresColumns.Complete(expression.TableName, expression.Column);
        return base.Generate(expression);
    }

    /// <inheritdoc />
    public override string Generate(AlterTableExpression expression) =>
        WithComments(
            base.Generate(expression),
            [DescriptionGenerator.GenerateDescriptionStatement(expression)]
        );

    /// <summary>FluentMigrator forgets the schema where the table need not exist.</summary>
    public override string Generate(DeleteTableExpression expression) =>
        expression.IfExists
            ? FormatStatement(
                DropTableIfExists,
                Quoter.QuoteTableName(expression.TableName, expression.SchemaName)
            )
            : base.Generate(expression);

    /// <inheritdoc />
    public override string Generate(CreateIndexExpression expression)
    {
        PostgresIndexOptions.Complete(expression.Index);
        return base.Generate(expression);
    }

    /// <summary>An identity that is given values goes on counting behind them.</summary>
    public override string Generate(InsertDataExpression expression) =>
        expression.AdditionalFeatures.TryGetValue(
            PostgresExtensions.OverridingIdentityValues,
            out var overriding
        )
        && overriding is PostgresOverridingIdentityValuesType.System
            ? base.Generate(expression) + CountersBehind(expression)
            : base.Generate(expression);

    private string CountersBehind(InsertDataExpression expression)
    {
        var table = Quoter.QuoteValue(
            Quoter.QuoteTableName(expression.TableName, expression.SchemaName)
        );
        var largest = new Dictionary<string, object>();
        foreach (var row in expression.Rows)
        {
            foreach (var (column, value) in row)
            {
                if (
                    value is byte or short or int or long
                    && (
                        !largest.TryGetValue(column, out var known) || ToLong(value) > ToLong(known)
                    )
                )
                {
                    largest[column] = value;
                }
            }
        }

        return string.Concat(
            largest.Select(column =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"\nSELECT setval(c.counter, {column.Value}) FROM (SELECT pg_get_serial_sequence({table}, {Quoter.QuoteValue(column.Key)})::regclass AS counter) AS c WHERE coalesce(pg_sequence_last_value(c.counter), 0) < {column.Value};"
                )
            )
        );
    }

    private static long ToLong(object value) =>
        Convert.ToInt64(value, CultureInfo.InvariantCulture);

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
