using System.Data.Common;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Schema.Catalog;

/// <summary>Reads the catalogs in one round trip.</summary>
internal sealed class CatalogReader : IDisposable
{
    private readonly DbDataReader _rows;

    private CatalogReader(DbDataReader rows) => _rows = rows;

    /// <summary>Reads all of a schema but the migrator's own tables.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="versionTable">The table of applied versions; <see langword="null"/> where another schema has it.</param>
    public static CatalogContent ReadAll(
        NpgsqlConnection connection,
        string schema,
        string? versionTable
    )
    {
        var content = Read(connection, schema, table: null);
        _ = content.Relations.RemoveAll(relation => relation.Name == versionTable);
        return content;
    }

    /// <summary>Reads all of a schema but the journal and the archive, or one table whatever it is.</summary>
    public static CatalogContent Read(NpgsqlConnection connection, string schema, string? table)
    {
        using var batch = new NpgsqlBatch(connection);
        foreach (var query in CatalogQueries.All)
        {
            batch.BatchCommands.Add(
                new NpgsqlBatchCommand(query)
                {
                    Parameters =
                    {
                        new() { Value = schema, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
                        new()
                        {
                            Value = (object?)table ?? DBNull.Value,
                            NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text,
                        },
                    },
                }
            );
        }

        using var reader = new CatalogReader(batch.ExecuteReader());
        return reader.Content();
    }

    public void Dispose() => _rows.Dispose();

    /// <summary>Reads the results in the order of <see cref="CatalogQueries.All"/>.</summary>
    private CatalogContent Content()
    {
        var schema = All(row => row.GetString(2))[0];
        var reader = new CatalogRowReader(schema);
        var content = new CatalogContent
        {
            QuotedSchema = schema,
            Relations = All(CatalogRowReader.Relation),
            Columns = All(CatalogRowReader.Column).ToLookup(column => column.Relation),
            Constraints = All(CatalogRowReader.Constraint)
                .ToLookup(constraint => constraint.Relation),
            Referred = All(row =>
                    (Column: (row.GetInt64(0), row.GetInt32(1)), Name: row.GetString(2))
                )
                .ToDictionary(referred => referred.Column, referred => referred.Name),
            Indexes = All(CatalogRowReader.Index).ToLookup(index => index.Relation),
            Parts = All(reader.Part)
                .OrderBy(part => part.Kind, StringComparer.Ordinal)
                .ThenBy(part => part.Name, StringComparer.Ordinal)
                .ToLookup(part => part.Relation),
            Sequences = All(CatalogRowReader.Sequence),
            Routines = All(reader.Object),
            Types = All(reader.Object),
            Comments = All(CatalogRowReader.Comment).ToLookup(comment => comment.Relation),
        };
        return content with
        {
            Counters = content.Sequences.ToLookup(counter => (counter.Owner, counter.OwnerColumn)),
        };
    }

    /// <summary>Reads the rows of one result and moves to the next.</summary>
    private List<T> All<T>(Func<DbDataReader, T> read)
    {
        var rows = new List<T>();
        while (_rows.Read())
        {
            rows.Add(read(_rows));
        }

        _rows.NextResult();
        return rows;
    }
}
