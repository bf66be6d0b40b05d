using Npgsql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Sql;

/// <summary>What a database holds, told apart by the numbers of the server: what has another name is still the same.</summary>
internal sealed class DatabaseImage
{
    /// <summary>Tables, indexes and views with their kind, schema and name, and the table of an index.</summary>
    private readonly Dictionary<string, (string Kind, string Name, string Of)> _objects = [];

    /// <summary>The names of columns by the table and the column.</summary>
    private readonly Dictionary<(string Table, string Column), string> _columns = [];

    /// <summary>The values by table, row and column.</summary>
    private readonly Dictionary<(string Table, string Row, string Column), string> _values = [];

    private DatabaseImage() { }

    public static DatabaseImage Read(NpgsqlConnection connection)
    {
        var image = new DatabaseImage();
        foreach (var row in Rows(connection, Objects))
        {
            image._objects[row[0]] = (row[1], row[2], row[3]);
        }

        foreach (var row in Rows(connection, Columns))
        {
            image._columns[(row[0], row[1])] = row[2];
        }

        foreach (var (id, (kind, _, _)) in image._objects)
        {
            if (kind == "table")
            {
                image.ReadRows(connection, id);
            }
        }

        return image;
    }

    /// <summary>What happened until a later image was taken, in the words of effects.</summary>
    public IReadOnlySet<string> ChangesTo(DatabaseImage later) =>
        new HashSet<string>([
            .. ObjectsTo(later),
            .. ColumnsTo(later),
            .. _values
                .Keys.Where(key => IsGone(key, later))
                .Select(key => $"Delete {NameOf(key.Table)}"),
            .. later
                ._values.Keys.Where(key => IsGone(key, this))
                .Select(key => $"Insert {NameOf(key.Table)}"),
            .. _values
                .Where(value =>
                    later._values.TryGetValue(value.Key, out var now) && now != value.Value
                )
                .Select(value =>
                    $"Update {NameOf(value.Key.Table)}.{_columns[(value.Key.Table, value.Key.Column)]}"
                ),
        ]);

    private IEnumerable<string> ObjectsTo(DatabaseImage later)
    {
        foreach (var (id, (kind, name, of)) in _objects)
        {
            if (!later._objects.TryGetValue(id, out var now))
            {
                // What goes with its table is not told.
                if (kind is "table" or "view" || later._objects.ContainsKey(of))
                {
                    yield return $"{(kind == "table" ? "DropTable" : "DropObject")} {name}";
                }
            }
            else if (kind == "table" && now.Name != name)
            {
                yield return $"RenameTable {name} to {now.Name}";
            }
        }

        foreach (var (id, (kind, name, of)) in later._objects)
        {
            if (
                !_objects.ContainsKey(id) && (kind is "table" or "view" || _objects.ContainsKey(of))
            )
            {
                yield return kind switch
                {
                    "table" => $"MakeTable {name}",
                    "view" => $"MakeView {name}",
                    "index" => $"MakeIndex {name} on {later.NameOf(of)}",
                    _ => $"MakeTrigger {name} on {later.NameOf(of)}",
                };
            }
        }
    }

    private IEnumerable<string> ColumnsTo(DatabaseImage later)
    {
        foreach (
            var (key, name) in _columns.Where(column =>
                later._objects.ContainsKey(column.Key.Table)
            )
        )
        {
            if (!later._columns.TryGetValue(key, out var now))
            {
                yield return $"DropColumn {NameOf(key.Table)}.{name}";
            }
            else if (now != name)
            {
                yield return $"RenameColumn {NameOf(key.Table)}.{name} to {now}";
            }
        }

        foreach (
            var (key, name) in later._columns.Where(column =>
                _objects.ContainsKey(column.Key.Table)
            )
        )
        {
            if (!_columns.ContainsKey(key))
            {
                yield return $"AddColumn {NameOf(key.Table)}.{name}";
            }
        }
    }

    private string NameOf(string table) => _objects[table].Name;

    /// <summary>Whether an image lacks a row of a table that it has.</summary>
    private static bool IsGone(
        (string Table, string Row, string Column) key,
        DatabaseImage image
    ) =>
        key.Column == "1"
        && image._objects.ContainsKey(key.Table)
        && !image._values.ContainsKey(key);

    /// <summary>The first column is the key of each table.</summary>
    private void ReadRows(NpgsqlConnection connection, string table)
    {
        var columns = _columns
            .Where(c => c.Key.Table == table)
            .OrderBy(c => int.Parse(c.Key.Column, null))
            .ToArray();
        var list = string.Join(", ", columns.Select(c => $"{Quote(c.Value)}::text"));
        foreach (var row in Rows(connection, $"SELECT {list} FROM {Named(connection, table)}"))
        {
            for (var at = 0; at < columns.Length; at++)
            {
                _values[(table, row[0], columns[at].Key.Column)] = row[at];
            }
        }
    }

    private static string Named(NpgsqlConnection connection, string table) =>
        Rows(connection, $"SELECT {table}::regclass::text")[0][0];

    private static string Quote(string name) =>
        $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static List<string[]> Rows(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var rows = new List<string[]>();
        while (reader.Read())
        {
            rows.Add([
                .. Enumerable
                    .Range(0, reader.FieldCount)
                    .Select(at => reader.IsDBNull(at) ? "NULL" : reader.GetString(at)),
            ]);
        }

        return rows;
    }

    private const string Objects = """
        SELECT c.oid::text,
            CASE c.relkind WHEN 'r' THEN 'table' WHEN 'i' THEN 'index' ELSE 'view' END,
            n.nspname || '.' || c.relname,
            coalesce(i.indrelid, c.oid)::text
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_index i ON i.indexrelid = c.oid
        WHERE n.nspname IN ('public', 's') AND c.relkind IN ('r', 'i', 'v', 'm')
        UNION ALL
        SELECT t.oid::text, 'trigger', n.nspname || '.' || t.tgname, t.tgrelid::text
        FROM pg_trigger t
        JOIN pg_class c ON c.oid = t.tgrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE NOT t.tgisinternal
        """;

    private const string Columns = """
        SELECT c.oid::text, a.attnum::text, a.attname::text
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE n.nspname IN ('public', 's') AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
        """;
}
