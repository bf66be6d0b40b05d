using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Sqlite.Connections;

namespace Nitejar.Migrations.Sqlite.Schema;

/// <summary>What migrations ask while they are evaluated, each question for a limited time.</summary>
internal sealed class TimedSchemaQueries(ISchemaQueries queries, SqliteReadTimeout timeout)
    : ISchemaQueries
{
    public bool SchemaExists(string schema) => timeout.Within(() => queries.SchemaExists(schema));

    public bool TableExists(string? schema, string table) =>
        timeout.Within(() => queries.TableExists(schema, table));

    public bool ColumnExists(string? schema, string table, string column) =>
        timeout.Within(() => queries.ColumnExists(schema, table, column));

    public bool ConstraintExists(string? schema, string table, string constraint) =>
        timeout.Within(() => queries.ConstraintExists(schema, table, constraint));

    public bool IndexExists(string? schema, string table, string index) =>
        timeout.Within(() => queries.IndexExists(schema, table, index));

    public QueryRows Read(string sql) => timeout.Within(() => queries.Read(sql));
}
