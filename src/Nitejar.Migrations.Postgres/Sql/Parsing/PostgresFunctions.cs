using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sql.Lexing;

namespace Nitejar.Migrations.Postgres.Sql.Parsing;

/// <summary>Finds calls of functions that may do anything.</summary>
internal static class PostgresFunctions
{
    /// <summary>Whatever else stands in front of a parenthesis: words of SQL, types, and functions that only return a value.</summary>
    private static readonly HashSet<string> Harmless =
    [
        .. "all and any array as asc between by case cast check coalesce constraint cube default desc distinct else end".Split(
            ' '
        ),
        .. "except exists filter from generated greatest group grouping having identity in index intersect into is".Split(
            ' '
        ),
        .. "join key lateral least like limit materialized not nullif null on or order over partition primary range".Split(
            ' '
        ),
        .. "references returning rollup row rows select set sets similar some stored table tablesample then unique".Split(
            ' '
        ),
        .. "union using values when where with within".Split(' '),
        .. "bit bpchar char character dec decimal float interval numeric time timestamp timestamptz timetz varbit varchar varying zone".Split(
            ' '
        ),
        .. "abs age array_agg array_length avg bool_and bool_or btrim ceil ceiling char_length clock_timestamp concat concat_ws count".Split(
            ' '
        ),
        .. "current_setting date_part date_trunc dense_rank encode decode every extract first_value floor format gen_random_uuid".Split(
            ' '
        ),
        .. "generate_series initcap json_agg json_build_object jsonb_agg jsonb_build_array jsonb_build_object jsonb_set lag last_value".Split(
            ' '
        ),
        .. "lead left length localtimestamp lower lpad ltrim make_date make_interval max md5 min mod nextval now ntile octet_length".Split(
            ' '
        ),
        .. "overlay percent_rank position power random rank regexp_replace repeat replace reverse right round row_number rpad rtrim".Split(
            ' '
        ),
        .. "sha256 sign split_part sqrt statement_timestamp string_agg string_to_array strpos substr substring sum timezone to_char".Split(
            ' '
        ),
        .. "pg_get_serial_sequence pg_sequence_last_value setval".Split(' '),
        .. "to_date to_json to_jsonb to_number to_timestamp translate trim trunc unnest upper uuid_generate_v4 width_bucket".Split(
            ' '
        ),
    ];

    /// <summary>Whether any function is called in an expression as the server writes it. Where that is not certain, it is.</summary>
    public static bool AreAnyCalledIn(ReadOnlySpan<char> sql)
    {
        var tokens = new PostgresTokens(sql);
        var isType = false;
        while (!tokens.AtEnd())
        {
            var word = tokens.Next();
            var isName =
                word is [var first, ..] && (first == '"' || PostgresToken.BeginsName(first));
            if (isName && !isType && tokens.Is("("))
            {
                return true;
            }

            // A type may have several words: character varying(10).
            isType = word is ":" || (isType && (isName || word is "."));
        }

        return false;
    }

    /// <summary>Stands for the sequence of a <c>setval</c>.</summary>
    public static ObjectName Counter { get; } = new(Schema: null, "setval");

    /// <summary>Whether a SELECT does nothing but set a sequence, and reads no table, whose rows may be those of a view that calls anything.</summary>
    public static bool OnlySetACounter(string sql)
    {
        var tokens = new PostgresTokens(sql);
        if (!tokens.Skip("SELECT") || !tokens.Is("setval", "(") || AreCalledIn(sql))
        {
            return false;
        }

        while (!tokens.AtEnd())
        {
            if (tokens.SkipOneOf("FROM", "JOIN", "WITH", "TABLE") && !tokens.Is("("))
            {
                return false;
            }

            tokens.Next();
        }

        return true;
    }

    /// <summary>Whether a function is called that is none of the server's well-known ones. Where that is not certain, it is.</summary>
    public static bool AreCalledIn(ReadOnlySpan<char> sql)
    {
        var tokens = new PostgresTokens(sql);
        var isQualified = false;
        while (!tokens.AtEnd())
        {
            var word = tokens.Next();
            if (
                word is [var first, ..]
                && (first == '"' || PostgresToken.BeginsName(first))
                && tokens.Is("(")
                && (
                    isQualified
                    || first == '"'
                    || PostgresName.Of(word, ref tokens) is not { } name
                    || !Harmless.Contains(name)
                )
            )
            {
                return true;
            }

            isQualified = word is ".";
        }

        return false;
    }
}
