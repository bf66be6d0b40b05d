using System.Text;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Scratch;

/// <summary>Values for columns of PostgreSQL, by their types; those of a domain are those of what it is made of.</summary>
internal sealed class PostgresEdgeValues(NpgsqlConnection connection)
{
    private readonly Dictionary<string, ValueType> _types = [];

    /// <summary>Values at the edges, without NULL; some a column may refuse, for their length or their precision.</summary>
    public IReadOnlyList<object> EdgesOf(Column column)
    {
        var type = TypeOf(column);
        return type.Labels.Length > 0 ? [.. type.Labels]
            : type.IsArray ? ["{}"]
            : type.IsRange ? ["empty", Ordinary(type, 1)]
            : type.Fields > 0 ? [Ordinary(type, 0)]
            : column.Type.Family == TypeFamily.Integral ? IntegersOf(column.Type.Bytes ?? 8)
            : column.Type.Length is { } length
                ?
                [
                    .. ValueLists.Texts.Where(text => ((string)text).Length <= length),
                    new string('x', length),
                ]
            : ValueLists.Of(type.Name);
    }

    /// <summary>An ordinary value, another one for each number as far as the type has so many.</summary>
    public object Ordinary(Column column, long number)
    {
        if (column.Type.Family == TypeFamily.Integral)
        {
            return column.Type.Bytes switch
            {
                2 => (1000 + number) % short.MaxValue,
                4 => (1000 + number) % int.MaxValue,
                _ => 1000 + number,
            };
        }

        if (column.Type.Family == TypeFamily.Blob)
        {
            return Encoding.UTF8.GetBytes(Named(column, number));
        }

        if (column.Type.Family == TypeFamily.Text)
        {
            var text = Named(column, number);
            return column.Type.Length is { } length && text.Length > length
                ? text[^length..].TrimStart()
                : text;
        }

        return Ordinary(TypeOf(column), number);
    }

    /// <summary>Whether the type may refuse values by conditions of its own.</summary>
    public bool IsDomain(Column column) => TypeOf(column).IsDomain;

    private static string Ordinary(ValueType type, long number) =>
        type.IsArray ? "{}"
        : type.IsRange
            ? type.IsOfNumbers
                    ? string.Create(CultureInfo.InvariantCulture, $"[{number},{number + 1})")
                : "empty"
        : type.Fields > 0 ? $"({new string(',', type.Fields - 1)})"
        : type.Labels.Length > 0 ? type.Labels[(int)(number % type.Labels.Length)]
        : ValueLists.Ordinary(type.Name, number);

    private static string Named(Column column, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{column.Name} {number}");

    private static object[] IntegersOf(int bytes)
    {
        var highest = (1L << ((bytes * 8) - 2)) - 1 + (1L << ((bytes * 8) - 2));
        return [1L, 0L, -1L, highest, -highest - 1];
    }

    private ValueType TypeOf(Column column)
    {
        if (!_types.TryGetValue(column.Type.Declared, out var type))
        {
            _types[column.Type.Declared] = type = Read(column.Type.Declared);
        }

        return type;
    }

    private ValueType Read(string declared) =>
        connection.Query(
            $"""
            WITH RECURSIVE made (oid, base, kind, category, depth) AS (
                SELECT t.oid, t.typbasetype, t.typtype, t.typcategory, 0 FROM pg_type AS t WHERE t.oid = @type::regtype
                UNION ALL
                SELECT t.oid, t.typbasetype, t.typtype, t.typcategory, m.depth + 1 FROM made AS m JOIN pg_type AS t ON t.oid = m.base WHERE m.kind = 'd'
            )
            SELECT m.oid::regtype::text, m.category = 'A', m.depth > 0, (
                    SELECT string_agg(e.enumlabel::text, E'\x1f' ORDER BY e.enumsortorder) FROM pg_enum AS e WHERE e.enumtypid = m.oid),
                (SELECT count(*)::int FROM pg_type AS t JOIN pg_attribute AS a ON a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped WHERE t.oid = m.oid),
                (SELECT s.typcategory = 'N' FROM pg_range AS r JOIN pg_type AS s ON s.oid = r.rngsubtype WHERE r.rngtypid = m.oid)
            FROM made AS m ORDER BY m.depth DESC LIMIT 1
            """,
            row => new ValueType(row.GetString(0))
            {
                IsArray = row.GetBoolean(1),
                IsDomain = row.GetBoolean(2),
                Labels = row.Text(3)?.Split('\u001f') ?? [],
                Fields = row.GetInt32(4),
                IsRange = !row.IsDBNull(5),
                IsOfNumbers = !row.IsDBNull(5) && row.GetBoolean(5),
            },
            ("@type", declared)
        )[0];

    /// <param name="Name">Its name, or that of what a domain is made of.</param>
    private sealed record ValueType(string Name)
    {
        public required bool IsArray { get; init; }
        public required bool IsDomain { get; init; }
        public required bool IsRange { get; init; }

        /// <summary>Whether a range is one of numbers.</summary>
        public required bool IsOfNumbers { get; init; }

        /// <summary>The values of an enum.</summary>
        public required string[] Labels { get; init; }

        /// <summary>How many parts a composite type has.</summary>
        public required int Fields { get; init; }
    }
}
