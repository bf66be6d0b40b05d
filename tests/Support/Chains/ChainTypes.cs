using System.Globalization;

namespace Nitejar.Tests.Chains;

/// <summary>Values of the types that PostgreSQL has and SQLite has not.</summary>
internal static class ChainTypes
{
    private static readonly string[] s_levels = ["low", "mid", "high"];

    /// <summary>Those that every database has.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "json",
        "jsonb",
        "uuid",
        "timestamptz",
        "numeric(30, 8)",
        "numeric",
        "bytea",
        "integer[]",
        "text[]",
        "double precision",
        "boolean",
        "interval",
        "int4range",
        "inet",
    ];

    /// <summary>Whether two values can be compared, as FluentMigrator's DELETE does.</summary>
    public static bool HasEquality(string type) => type != "json";

    /// <summary>A value, another one for each number.</summary>
    public static Cell Value(string type, int number) =>
        new(Text: Text(type, number)) { Type = type };

    private static string Text(string type, int number)
    {
        var digits = number.ToString(CultureInfo.InvariantCulture);
        return type switch
        {
            "json" => $$"""{"n":  {{digits}}, "a": "it's", "a": null}""",
            "jsonb" => $$"""{"n": {{digits}}, "a": ["it's", 1.50, null]}""",
            "uuid" => $"00000000-0000-4000-8000-{number:D12}",
            "timestamptz" => $"2024-02-29 23:59:{number % 60:D2}.123456+05:30",
            "numeric(30, 8)" => $"123456789012345678901{digits[^1]}.12345678",
            "numeric" => $"-0.00000000000000000000000{digits}00",
            "bytea" => $"\\x00ff{number % 256:x2}",
            "integer[]" => $"{{{digits},NULL,-1}}",
            "text[]" => $$"""{"{{digits}}, it's","",NULL,"\"\\"}""",
            "double precision" => $"{digits}.1e-300",
            "boolean" => number % 2 == 0 ? "t" : "f",
            "interval" => $"{digits} mons -3 days 00:00:00.000001",
            "int4range" => $"[{digits},{digits}1)",
            "inet" => $"10.0.0.{number % 256}/8",
            _ => s_levels[number % 3],
        };
    }
}
