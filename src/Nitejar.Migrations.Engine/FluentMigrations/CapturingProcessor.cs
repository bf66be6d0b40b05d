using System.Data;
using FluentMigrator;
using FluentMigrator.Expressions;
using FluentMigrator.Runner.Processors;
using Microsoft.Extensions.Logging.Abstractions;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sessions;

namespace Nitejar.Migrations.Engine.FluentMigrations;

/// <summary>
/// A FluentMigrator processor that executes nothing: it keeps the SQL, and answers questions about the schema from
/// the database that is migrated or, without one, with "no".
/// </summary>
internal sealed class CapturingProcessor(
    SqlGeneration generation,
    ISchemaQueries? schema,
    MigrationScriptBuilder script
) : ProcessorBase(generation.Generator, NullLogger.Instance, new ProcessorOptions())
{
    private const string NoReading =
        "A migration cannot read rows in this way while it is evaluated; use Execute.WithConnection.";

    public override string DatabaseType => generation.DatabaseType;

    public override IList<string> DatabaseTypeAliases => generation.Aliases;

    public override void Process(PerformDBOperationExpression expression) =>
        script.AddCode(expression.Description, expression.Operation);

    public override void Execute(string sql) => Process(sql);

    public override void Execute(string template, params object[] args) =>
        Process(string.Format(CultureInfo.InvariantCulture, template, args));

    public override bool SchemaExists(string schemaName) =>
        Ask()?.SchemaExists(schemaName) ?? false;

    public override bool TableExists(string schemaName, string tableName) =>
        Ask()?.TableExists(schemaName, tableName) ?? false;

    public override bool ColumnExists(string schemaName, string tableName, string columnName) =>
        Ask()?.ColumnExists(schemaName, tableName, columnName) ?? false;

    public override bool ConstraintExists(
        string schemaName,
        string tableName,
        string constraintName
    ) => Ask()?.ConstraintExists(schemaName, tableName, constraintName) ?? false;

    public override bool IndexExists(string schemaName, string tableName, string indexName) =>
        Ask()?.IndexExists(schemaName, tableName, indexName) ?? false;

    public override bool SequenceExists(string schemaName, string sequenceName) =>
        AskForSequence()?.SequenceExists(schemaName, sequenceName) ?? false;

    public override bool DefaultValueExists(
        string schemaName,
        string tableName,
        string columnName,
        object defaultValue
    ) =>
        AskForSequence()
            ?.DefaultValueExists(
                schemaName,
                tableName,
                columnName,
                Convert.ToString(defaultValue, CultureInfo.InvariantCulture) ?? ""
            )
        ?? false;

    public override DataSet ReadTableData(string schemaName, string tableName) =>
        throw new NotSupportedException(NoReading);

    /// <summary>Answers a SELECT. Without a database there is no table in the answer, not even an empty one.</summary>
    public override DataSet Read(string template, params object[] args)
    {
        var answer = new DataSet { Locale = CultureInfo.InvariantCulture };
        var sql = string.Format(CultureInfo.InvariantCulture, template, args);
        if (Ask()?.Read(sql) is { } found)
        {
            answer.Tables.Add(ToTable(found));
        }

        return answer;
    }

    public override bool Exists(string template, params object[] args) =>
        throw new NotSupportedException(NoReading);

    protected override void Process(string sql) => script.AddSql(sql);

    protected override void Dispose(bool isDisposing) { }

    private static DataTable ToTable(QueryRows found)
    {
        var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        foreach (var column in found.Columns)
        {
            table.Columns.Add(column, typeof(object));
        }

        foreach (var row in found.Rows)
        {
            table.Rows.Add([.. row.Select(value => value ?? DBNull.Value)]);
        }

        return table;
    }

    /// <summary>Asks for a sequence or a default, where stock FluentMigrator knows a way to.</summary>
    private ISchemaQueries? AskForSequence() => generation.AnswersForSequences ? Ask() : null;

    private ISchemaQueries? Ask()
    {
        script.AskedDatabase = true;
        return schema;
    }
}
