using System.Data.Common;
using System.Globalization;
using Nitejar.Migrations.Engine.Databases.Sql;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Schema.Catalog;

/// <summary>What the catalogs say of a schema, or of one table of it.</summary>
internal sealed record CatalogContent
{
    /// <summary>Tables and views, in the order of names.</summary>
    public required IReadOnlyList<RelationRow> Relations { get; init; }

    /// <summary>In the order of their tables and of their numbers.</summary>
    public required ILookup<long, ColumnRow> Columns { get; init; }

    /// <summary>In the order of names.</summary>
    public required ILookup<long, ConstraintRow> Constraints { get; init; }

    /// <summary>The names of columns that foreign keys refer to, by table and number.</summary>
    public required IReadOnlyDictionary<(long Table, int Number), string> Referred { get; init; }

    /// <summary>In the order of names.</summary>
    public required ILookup<long, IndexRow> Indexes { get; init; }

    /// <summary>In the order of kinds and names.</summary>
    public required ILookup<long, PartRow> Parts { get; init; }

    /// <summary>In the order of names.</summary>
    public required IReadOnlyList<SequenceRow> Sequences { get; init; }

    /// <summary>In the order of names.</summary>
    public required IReadOnlyList<ObjectRow> Routines { get; init; }

    /// <summary>In the order of names.</summary>
    public required IReadOnlyList<ObjectRow> Types { get; init; }

    /// <summary>By the tables that they belong to.</summary>
    public required ILookup<long, CommentRow> Comments { get; init; }

    /// <summary>The sequences behind columns, by table and number.</summary>
    public ILookup<(long Table, int Number), SequenceRow> Counters { get; init; } =
        Enumerable.Empty<SequenceRow>().ToLookup(_ => (0L, 0));

    /// <summary>The schema as SQL writes it.</summary>
    public required string QuotedSchema { get; init; }
}

/// <summary>Reads the catalogs in one round trip.</summary>
internal sealed class CatalogReader : IDisposable
{
    private readonly DbDataReader _rows;
    private string _schema = "";

    private CatalogReader(DbDataReader rows) => _rows = rows;

    /// <summary>Reads all of a schema but the migrator's own tables, or one table whatever it is.</summary>
    public static CatalogContent Read(NpgsqlConnection connection, string schema, string? table)
    {
        using var batch = new NpgsqlBatch(connection);
        foreach (var query in Queries)
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

    private static string[] Queries { get; } =
    [
        CatalogQueries.Begin,
        CatalogQueries.Relations,
        CatalogQueries.Columns,
        CatalogQueries.Constraints,
        CatalogQueries.ReferredColumns,
        CatalogQueries.Indexes,
        CatalogQueries.Parts,
        CatalogQueries.Sequences,
        CatalogQueries.Routines,
        CatalogQueries.Types,
        CatalogQueries.Comments,
        CatalogQueries.End,
    ];

    public void Dispose() => _rows.Dispose();

    /// <summary>Reads the results in the order of <see cref="Queries"/>.</summary>
    private CatalogContent Content()
    {
        _schema = All(row => row.GetString(2))[0];
        var content = new CatalogContent
        {
            QuotedSchema = _schema,
            Relations = All(Relation),
            Columns = All(Column).ToLookup(column => column.Relation),
            Constraints = All(Constraint).ToLookup(constraint => constraint.Relation),
            Referred = All(row =>
                    (Column: (row.GetInt64(0), row.GetInt32(1)), Name: row.GetString(2))
                )
                .ToDictionary(referred => referred.Column, referred => referred.Name),
            Indexes = All(Index).ToLookup(index => index.Relation),
            Parts = All(Part)
                .OrderBy(part => part.Kind, StringComparer.Ordinal)
                .ThenBy(part => part.Name, StringComparer.Ordinal)
                .ToLookup(part => part.Relation),
            Sequences = All(Sequence),
            Routines = All(Object),
            Types = All(Object),
            Comments = All(Comment).ToLookup(comment => comment.Relation),
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

    private static RelationRow Relation(DbDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2))
        {
            Options = row.Text(3),
            IsUnlogged = row.GetBoolean(4),
            IsRowSecurityOn = row.GetBoolean(5),
            IsRowSecurityForced = row.GetBoolean(6),
            PartitionKey = row.Text(7),
            PartitionBound = row.Text(8),
            Parents = row.Text(9),
            Query = row.Text(10),
            ReplicaIdentity = row.Text(11),
            Server = row.Text(12),
        };

    private static ColumnRow Column(DbDataReader row) =>
        new(row.GetInt64(0), row.GetInt32(1), row.GetString(2))
        {
            Type = row.GetString(3),
            TypeId = row.GetInt64(4),
            TypeModifier = row.GetInt32(5),
            IsRequired = row.GetBoolean(6),
            Identity = row.GetString(7),
            Generated = row.GetString(8),
            Expression = row.Text(9),
            Collation = row.Text(10),
            Storage = row.Text(11),
            IsLocal = row.GetBoolean(12),
        };

    private static ConstraintRow Constraint(DbDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3))
        {
            IsValidated = row.GetBoolean(4),
            IsDeferrable = row.GetBoolean(5),
            IsDeferred = row.GetBoolean(6),
            Columns = Numbers(row.Text(7)),
            Parent = row.GetInt64(8),
            ParentSchema = row.Text(9),
            ParentName = row.Text(10),
            ParentColumns = Numbers(row.Text(11)),
            OnUpdate = row.GetString(12),
            OnDelete = row.GetString(13),
            IsLocal = row.GetBoolean(14),
        };

    private static IndexRow Index(DbDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2))
        {
            IsUnique = row.GetBoolean(3),
            IsValid = row.GetBoolean(4),
            Columns = Numbers(row.Text(5)),
            Options = Numbers(row.Text(6)),
            KeyColumns = row.GetInt32(7),
            Expressions = Texts(row.Text(8)),
            Collations = Texts(row.Text(9)),
            Where = row.Text(10),
            IsOfPartition = row.GetBoolean(11),
        };

    private PartRow Part(DbDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), Unqualified(row.GetString(3)));

    private static SequenceRow Sequence(DbDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2))
        {
            Owner = row.GetInt64(3),
            OwnerColumn = row.GetInt32(4),
            IsOfIdentity = row.GetBoolean(5),
        };

    private ObjectRow Object(DbDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), Unqualified(row.GetString(3)));

    /// <summary>Functions and statistics are written with their schema whatever the path is: behind the words of the statement.</summary>
    private string Unqualified(string sql)
    {
        var prefix = $" {_schema}.";
        var found = sql.IndexOf(prefix, StringComparison.Ordinal);
        return found > 0 && IsWords(sql.AsSpan(0, found))
            ? string.Concat(sql.AsSpan(0, found + 1), sql.AsSpan(found + prefix.Length))
            : sql;
    }

    private static bool IsWords(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterUpper(c) && c != ' ')
            {
                return false;
            }
        }

        return true;
    }

    private static CommentRow Comment(DbDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2));

    /// <summary>The numbers of an array or a vector, as its text has them; none for NULL.</summary>
    private static int[] Numbers(string? text) =>
        text is null
            ? []
            : Array.ConvertAll(
                text.Trim('{', '}').Split([',', ' '], StringSplitOptions.RemoveEmptyEntries),
                number => int.Parse(number, CultureInfo.InvariantCulture)
            );

    private static string[] Texts(string? text) =>
        text is null ? [] : text.Split(CatalogQueries.Separator);
}
