using System.Data.Common;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Connections;
using Nitejar.Migrations.Postgres.Schema.Catalog;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Schema;

/// <summary>
/// The migrator's own tables. The role that migrates may do more than the roles that own or write the schema, and the server
/// evaluates with the rights of the role that reads or writes: so a view, a trigger, a rule, a default, a condition or a
/// type in their place must not get anything executed.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="target">The schema of the migrations, and where the table of applied versions is.</param>
internal sealed class PostgresOwnTables(NpgsqlConnection connection, PostgresTarget target)
    : IOwnTables
{
    private const string Remedy = "Repair it with psql, or restore the database from a backup.";

    /// <summary>The table that is being read, and its columns.</summary>
    private (string Table, List<OwnColumn> Columns)? _reading;

    /// <summary>What was found when all were looked at; <see langword="null"/> before that, and once something may have changed.</summary>
    private List<string>? _found;

    /// <summary>Whether nothing else in the schema of the migrations has a definition, as far as that is known.</summary>
    public bool AreAlone => _found?.Contains(OwnTableQueries.Others) == false;

    public IReadOnlyList<string> ReadColumns(string table) =>
        Columns(table).ConvertAll(column => column.Name);

    public void RequireWritable()
    {
        var found = Find(table: null);
        if (target.VersionTableInSchema is null)
        {
            found.AddRange(Find(target.VersionTable.Name));
        }

        _found = found;
    }

    public void BeforeChange() => _found = null;

    /// <summary>Finds which are there, and refuses what is not as it has to be.</summary>
    /// <param name="table">One of them; <see langword="null"/> for all in the schema of the migrations.</param>
    private List<string> Find(string? table)
    {
        var found = connection.Query(
            table is null ? OwnTableQueries.AllThere : OwnTableQueries.IsThere,
            row => row.GetString(0),
            ParametersFor(table)
        );
        if (found.Exists(name => name != OwnTableQueries.Others))
        {
            RequireWritable(table);
        }

        return found;
    }

    /// <inheritdoc cref="Find"/>
    private void RequireWritable(string? table)
    {
        var flaws = connection.Query(
            OwnTableQueries.Flaws + OwnTableQueries.FlawsOfWriting,
            row => Refusal(row.GetString(0), row.GetString(1), row.GetString(2)),
            ParametersFor(table)
        );
        if (flaws is [var flaw, ..])
        {
            throw flaw;
        }
    }

    private (string Name, object? Value)[] ParametersFor(string? table) =>
        [("@schema", SchemaOf(table)), ("@history", HistoryFor(table)), ("@table", table)];

    private string SchemaOf(string? table) =>
        table == target.VersionTable.Name
            ? target.VersionTable.Schema ?? target.Schema
            : target.Schema;

    /// <summary>Empty where another schema has the table, so that one of that name here is not taken for it.</summary>
    private string HistoryFor(string? table) =>
        table == target.VersionTable.Name ? table : target.VersionTableInSchema ?? "";

    public void ReadBounded(string table, int longest, Action read)
    {
        var columns = Columns(table);
        var texts = columns.FindAll(column => column.IsText);
        if (texts.Count > 0)
        {
            var isLonger = string.Join(
                " OR ",
                texts.ConvertAll(text =>
                    $"pg_catalog.octet_length({Identifier.Quote(text.Name)}) > {longest.ToString(CultureInfo.InvariantCulture)}"
                )
            );
            if (
                connection.Any(
                    $"SELECT 1 FROM {Identifier.Quote(SchemaOf(table))}.{Identifier.Quote(table)} WHERE {isLonger} LIMIT 1"
                )
            )
            {
                throw new RefusedException(
                    FormattableString.Invariant(
                        $"{table} holds a value of more than {longest:N0} bytes, which no run has written."
                    ),
                    Remedy
                );
            }
        }

        var outer = _reading;
        _reading = (table, columns);
        try
        {
            read();
        }
        finally
        {
            _reading = outer;
        }
    }

    public long BytesOf(DbDataReader row)
    {
        var bytes = 0L;
        for (var column = 0; column < row.FieldCount; column++)
        {
            if (row.GetFieldType(column) == typeof(string) && !row.IsDBNull(column))
            {
                bytes += row.GetBytes(column, 0, null, 0, 0);
            }
        }

        return bytes;
    }

    /// <summary>Reads the columns and whether they hold texts.</summary>
    /// <exception cref="RefusedException">It is not an ordinary table of ordinary types.</exception>
    private List<OwnColumn> Columns(string table)
    {
        if (_reading is { } reading && reading.Table == table)
        {
            return reading.Columns;
        }

        if (_found?.Contains(table) == false)
        {
            return [];
        }

        var columns = Read(OwnTableQueries.OrdinaryColumns, table);
        return columns.TrueForAll(column => column.Is == OwnTableQueries.Column)
            ? columns
            : RequireReadable(table);
    }

    /// <summary>Finds out what is not ordinary: some of that does no harm.</summary>
    private List<OwnColumn> RequireReadable(string table)
    {
        var columns = Read(OwnTableQueries.Flaws + OwnTableQueries.Columns, table);
        return columns.Find(column => column.Is != OwnTableQueries.Column) is { } flaw
            ? throw Refusal(table, flaw.Is, flaw.Name)
            : columns;
    }

    private List<OwnColumn> Read(string query, string table) =>
        connection.Query(
            query,
            row => new OwnColumn(row.GetString(1), row.GetString(2), row.GetBoolean(4)),
            ParametersFor(table)
        );

    private static RefusedException Refusal(string table, string flaw, string name) =>
        flaw switch
        {
            "kind" => new(
                $"{table} is {KindOf(name)}, where only an ordinary table is read or written.",
                Remedy
            ),
            "child" => new(
                $"{table} has the child {name}, whose rows would be read as its own.",
                Remedy
            ),
            "security" => new(
                $"{table} has row security, which hides rows from this role.",
                "Use the role that owns the table, or switch row security off."
            ),
            "generated" => new(
                $"{table} computes its column {name}, where only stored values are read.",
                Remedy
            ),
            "type" => new(
                $"{table} has a column of the type {name}, which no run has made.",
                Remedy
            ),
            "trigger" => new(
                $"{table} has the trigger {name}, which every run would fire.",
                "Drop the trigger with psql."
            ),
            "rule" => new(
                $"{table} has the rule {name}, which every run would follow.",
                "Drop the rule with psql."
            ),
            "default" => new(
                $"{table} has a default for its column {name}, which every run would evaluate.",
                "Drop the default with psql."
            ),
            "check" => new(
                $"{table} has the constraint {name}, which every run would evaluate.",
                "Drop the constraint with psql."
            ),
            _ => new(
                $"{table} has the index {name} of an expression, which every run would evaluate.",
                "Drop the index with psql."
            ),
        };

    private static string KindOf(string letter) =>
        letter switch
        {
            "v" => "a view",
            "m" => "a materialized view",
            "f" => "a foreign table",
            "p" => "a partitioned table",
            "S" => "a sequence",
            "c" => "a type",
            _ => "an index",
        };

    /// <summary>A column, or a flaw of its table.</summary>
    /// <param name="Is"><see cref="OwnTableQueries.Column"/>, or the word for the flaw.</param>
    /// <param name="Name">The column's, or what the flaw is about.</param>
    /// <param name="IsText">Whether the column holds texts or bytes, which may be long.</param>
    private sealed record OwnColumn(string Is, string Name, bool IsText);
}
