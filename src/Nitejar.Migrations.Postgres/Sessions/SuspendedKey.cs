using System.Data.Common;

namespace Nitejar.Migrations.Postgres.Sessions;

/// <summary>
/// A foreign key that is off its table, to be declared again as it was. Tables and columns may be renamed while it is, which the
/// text of a declaration does not follow, so that it is kept by the numbers that the catalog has for them.
/// </summary>
/// <param name="Table">The name of its table.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsValid">Whether it holds for every row, or has to when the transaction ends.</param>
internal sealed record SuspendedKey(string Table, string Name, bool IsValid)
{
    /// <summary>Reads foreign keys <c>k</c> of tables <c>c</c>; what follows it chooses among them. It wants the numbers of those that are not checked yet as <c>@unchecked</c>.</summary>
    public static readonly string Query = $"""
        SELECT c.relname::text, k.conname::text,
            k.convalidated OR k.oid = ANY (string_to_array(@unchecked, ',')::oid[]), k.condeferrable,
            format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname),
            k.conrelid::text, k.conkey::text, k.confrelid::text, k.confkey::text, d.definition,
            CASE WHEN starts_with(d.definition, d.named) THEN substr(d.definition, length(d.named) + 1) END
        FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid CROSS JOIN LATERAL (
            SELECT pg_get_constraintdef(k.oid) AS definition, {Named(
            "k.conrelid",
            "k.conkey",
            "k.confrelid",
            "k.confkey"
        )} AS named
        ) AS d
        """;

    /// <summary>Gives the statement that declares a key again, with its <see cref="Parameters"/>; nothing where its table is gone.</summary>
    public static readonly string Declaration = $"""
        SELECT format('ALTER TABLE %s ADD CONSTRAINT %I ', c.oid::regclass, @name) || coalesce({Named(
            "c.oid",
            "@columns::int2[]",
            "@parent::oid",
            "@parentColumns::int2[]"
        )} || @rest, @definition)
        FROM pg_class AS c WHERE c.oid = @table::oid
        """;

    /// <summary>Whether it may be checked when the transaction ends.</summary>
    public required bool IsDeferrable { get; init; }

    /// <summary>The statement that takes it off its table.</summary>
    public required string Drop { get; init; }

    /// <summary>What <see cref="Declaration"/> needs. Where the server words a declaration in another way than is known here, it is taken as it stands.</summary>
    public required (string Name, object? Value)[] Parameters { get; init; }

    /// <summary>What a row of <see cref="Query"/> says.</summary>
    public static SuspendedKey Of(DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetBoolean(2))
        {
            IsDeferrable = row.GetBoolean(3),
            Drop = row.GetString(4),
            Parameters =
            [
                ("@name", row.GetString(1)),
                ("@table", row.GetString(5)),
                ("@columns", row.GetString(6)),
                ("@parent", row.GetString(7)),
                ("@parentColumns", row.GetString(8)),
                ("@definition", row.GetString(9)),
                ("@rest", row.IsDBNull(10) ? null : row.GetString(10)),
            ],
        };

    /// <summary>The part of a declaration that names tables and columns, as the server words it.</summary>
    private static string Named(
        string table,
        string columns,
        string parent,
        string parentColumns
    ) =>
        $"format('FOREIGN KEY (%s) REFERENCES %s(%s)', {List(table, columns)}, {parent}::regclass, {List(parent, parentColumns)})";

    private static string List(string table, string numbers) =>
        $"(SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY n.place) FROM unnest({numbers}) WITH ORDINALITY AS n (number, place) JOIN pg_attribute AS a ON a.attrelid = {table} AND a.attnum = n.number)";
}
