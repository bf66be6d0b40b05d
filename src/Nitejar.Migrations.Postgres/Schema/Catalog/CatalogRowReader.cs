using System.Data.Common;
using System.Globalization;
using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Postgres.Schema.Catalog;

/// <summary>Reads rows of the catalogs, in the order of the columns of their queries.</summary>
/// <param name="schema">The schema as SQL writes it.</param>
internal sealed class CatalogRowReader(string schema)
{
    public static RelationRow Relation(DbDataReader row) =>
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

    public static ColumnRow Column(DbDataReader row) =>
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

    public static ConstraintRow Constraint(DbDataReader row) =>
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

    public static IndexRow Index(DbDataReader row) =>
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

    public PartRow Part(DbDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), Unqualified(row.GetString(3)));

    public static SequenceRow Sequence(DbDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2))
        {
            Owner = row.GetInt64(3),
            OwnerColumn = row.GetInt32(4),
            IsOfIdentity = row.GetBoolean(5),
        };

    public ObjectRow Object(DbDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), Unqualified(row.GetString(3)));

    public static CommentRow Comment(DbDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2));

    /// <summary>Functions and statistics are written with their schema whatever the path is: behind the words of the statement.</summary>
    private string Unqualified(string sql)
    {
        var prefix = $" {schema}.";
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

    /// <summary>The numbers of an array or a vector, as its text has them; none for NULL.</summary>
    private static int[] Numbers(string? text) =>
        text is null
            ? []
            : Array.ConvertAll(
                text.Trim('{', '}').Split([',', ' '], StringSplitOptions.RemoveEmptyEntries),
                number => int.Parse(number, CultureInfo.InvariantCulture)
            );

    private static string[] Texts(string? text) =>
        text is null ? [] : text.Split(TableQueries.Separator);
}
