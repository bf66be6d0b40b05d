using Nitejar.Migrations.Engine.Databases.Sql;
using Npgsql;
using static System.FormattableString;

namespace Nitejar.Migrations.Postgres.Sessions;

/// <summary>The sequence behind the column that numbers the rows of a table.</summary>
/// <param name="Quoted">Its name for SQL, with its schema.</param>
/// <param name="Start">The number that it begins with.</param>
/// <param name="Column">The column that owns it.</param>
internal sealed record PostgresCounter(string Quoted, long Start, string Column)
{
    /// <summary>Finds it: of an identity column or of a serial one; <see langword="null"/> where the table does not count.</summary>
    public static PostgresCounter? Find(NpgsqlConnection connection, string schema, string table)
    {
        var found = connection.Query(
            """
            SELECT format('%I.%I', sn.nspname, s.relname), q.seqstart, a.attname::text
            FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
                JOIN pg_depend AS d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid
                    AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
                JOIN pg_class AS s ON s.oid = d.objid AND s.relkind = 'S'
                JOIN pg_namespace AS sn ON sn.oid = s.relnamespace
                JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
                JOIN pg_sequence AS q ON q.seqrelid = s.oid
            WHERE n.nspname = @schema AND c.relname = @table
            ORDER BY d.refobjsubid LIMIT 1
            """,
            row => new PostgresCounter(row.GetString(0), row.GetInt64(1), row.GetString(2)),
            ("@schema", schema),
            ("@table", table)
        );
        return found is [var counter] ? counter : null;
    }

    /// <summary>The number that it has given last; <see langword="null"/> where it was never used.</summary>
    public long? ReadLast(NpgsqlConnection connection)
    {
        var (last, isUsed) = connection.Query(
            $"SELECT last_value, is_called FROM {Quoted}",
            row => (row.GetInt64(0), row.GetBoolean(1))
        )[0];
        return isUsed ? last
            : last == Start ? null
            : last - 1;
    }

    /// <summary>Lets it continue behind this number; from its beginning for <see langword="null"/>.</summary>
    public void Restart(NpgsqlConnection connection, long? last) =>
        connection.Execute(
            Invariant(
                $"ALTER SEQUENCE {Quoted} RESTART WITH {(last is { } used ? used + 1 : Start)}"
            )
        );
}
