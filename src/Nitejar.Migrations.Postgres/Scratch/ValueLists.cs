namespace Nitejar.Migrations.Postgres.Scratch;

/// <summary>Values of the types that are built in, as texts.</summary>
internal static class ValueLists
{
    private const int LongLength = 5000;

    /// <summary>About 7,600 years.</summary>
    private const long MinutesOfTime = 4_000_000_000;

    public static readonly object[] Texts =
    [
        "a",
        "",
        "A",
        "it's \"quoted\"",
        "  blanks around  ",
        "two\nlines\r\n\tand a tab",
        "zażółć 漢字 😀 e\u0301",
        "007",
        "NULL",
        "%_\\",
        "{}",
        "[]",
        new string('x', LongLength),
    ];

    private static readonly object[] Blobs =
    [
        new byte[] { 1, 2, 3 },
        Array.Empty<byte>(),
        new byte[] { 0, 255, 0 },
        new byte[LongLength],
    ];

    /// <summary>Values at the edges; of a type that is not known, some that many types take.</summary>
    public static object[] Of(string type) =>
        type switch
        {
            "text" or "character varying" or "character" => Texts,
            "bytea" => Blobs,
            "smallint" or "integer" or "bigint" => [1L, 0L, -1L],
            "numeric" => ["1", "0", "-1", "0.1", "-12345.6789", "99999999999999999999.5", "NaN"],
            "real" or "double precision" =>
            [
                "1.5",
                "0",
                "-0",
                "0.1",
                "1e30",
                "-1e-30",
                "NaN",
                "Infinity",
            ],
            "boolean" => ["true", "false"],
            "date" => ["2024-02-29", "0001-01-01", "9999-12-31", "1969-12-31", "infinity"],
            "timestamp without time zone" or "timestamp with time zone" =>
            [
                "2024-02-29 23:59:59",
                "0001-01-01 00:00:00",
                "9999-12-31 23:59:59.999999",
                "1969-12-31 23:59:59",
                "infinity",
            ],
            "time without time zone" or "time with time zone" =>
            [
                "00:00:00",
                "23:59:59.999999",
                "24:00:00",
            ],
            "interval" => ["1 day", "0", "-1 mon", "1 year 2 mons 3 days 04:05:06.7"],
            "uuid" =>
            [
                "00000000-0000-0000-0000-000000000000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
            ],
            "json" or "jsonb" => ["{}", "[]", "null", "{\"a\": [1, 2.50, \"é\"]}"],
            "inet" or "cidr" => ["10.0.0.0/8", "::1", "255.255.255.255"],
            "money" => ["0", "-12.34"],
            _ => ["1", "a", "{}", "()", "(,)", "[1,2]", "(1,2)", "<a/>"],
        };

    /// <summary>An ordinary value; of a type that is not known, a number.</summary>
    public static string Ordinary(string type, long number) =>
        type switch
        {
            "boolean" => number % 2 == 0 ? "true" : "false",
            "date" => Time(number * 24 * 60)[..10],
            "timestamp without time zone" or "timestamp with time zone" => Time(number),
            "time without time zone" or "time with time zone" => Time(number)[11..],
            "interval" => Invariant($"{number} seconds"),
            "uuid" => Invariant($"9f0c0000-0000-4000-8000-{number:x12}"),
            "json" or "jsonb" => Invariant($"{{\"n\": {number}}}"),
            "inet" or "cidr" => Invariant(
                $"10.{(number >> 16) % 256}.{(number >> 8) % 256}.{number % 256}"
            ),
            "numeric" => Invariant($"{number % 1000}"),
            "real" or "double precision" => Invariant($"{number}.5"),
            _ => Invariant($"{number}"),
        };

    private static string Time(long minutes) =>
        new DateTime(2001, 1, 1)
            .AddMinutes(minutes % MinutesOfTime)
            .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
