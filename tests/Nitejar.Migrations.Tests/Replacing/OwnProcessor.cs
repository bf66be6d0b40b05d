using System.Data;
using System.Data.Common;
using FluentMigrator.Expressions;
using FluentMigrator.Runner.Generators;
using FluentMigrator.Runner.Generators.SQLite;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.Processors;
using FluentMigrator.Runner.Processors.SQLite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Nitejar.Migrations.Tests.Replacing;

/// <summary>An application's processor: it alters a column by a new table, which it makes of what it reads in the database.</summary>
internal sealed class OwnProcessor : SQLiteProcessor
{
    private static readonly SQLiteQuoter Quoter = new();
    private static readonly OwnTypes Types = new();

    public OwnProcessor(IConnectionStringAccessor connection)
        : base(
            new Factory(),
            new SQLiteGenerator(
                Quoter,
                Types,
                new OptionsWrapper<GeneratorOptions>(new GeneratorOptions())
            ),
            NullLogger<SQLiteProcessor>.Instance,
            new Settings(),
            connection,
            serviceProvider: null!,
            Quoter
        ) { }

    /// <summary>Works on a connection that is open, inside its transaction.</summary>
    public OwnProcessor(IDbConnection connection, IDbTransaction transaction)
        : this(new NoConnection()) => (Connection, Transaction) = (connection, transaction);

    public override void Process(AlterColumnExpression expression)
    {
        var table = expression.TableName;
        var columns = Read($"SELECT name, type FROM pragma_table_info('{table}')")
            .Tables[0]
            .Rows.Cast<DataRow>()
            .Select(column =>
                (string)column["name"] == expression.Column.Name
                    ? $"{column["name"]} {Types.GetTypeMap(expression.Column.Type!.Value, size: null, precision: null)}"
                    : $"{column["name"]} {column["type"]}"
            );
        Process($"CREATE TABLE altered ({string.Join(", ", columns)})");
        Process($"INSERT INTO altered SELECT * FROM {table}");
        Process(new DeleteTableExpression { TableName = table });
        Process(new RenameTableExpression { OldName = "altered", NewName = table });
    }

    private sealed class Factory() : SQLiteDbFactory(serviceProvider: null!)
    {
        protected override DbProviderFactory CreateFactory() => SqliteFactory.Instance;
    }

    private sealed class NoConnection : IConnectionStringAccessor
    {
        public string ConnectionString => "";
    }

    private sealed class Settings : IOptionsSnapshot<ProcessorOptions>
    {
        public ProcessorOptions Value { get; } = new();

        public ProcessorOptions Get(string? name) => Value;
    }
}
