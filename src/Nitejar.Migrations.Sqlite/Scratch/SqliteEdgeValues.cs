using System.Text;
using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Sqlite.Scratch;

/// <summary>Values for columns of SQLite, by affinity and by what the name of the type says of their use.</summary>
internal static class SqliteEdgeValues
{
    private const int LongLength = 5000;

    /// <summary>About 7,600 years.</summary>
    private const long MinutesOfTime = 4_000_000_000;

    private static readonly object[] Integers =
    [
        1L,
        0L,
        -1L,
        (long)int.MaxValue,
        (long)int.MinValue,
        int.MaxValue + 1L,
        (1L << 53) + 1,
        long.MaxValue,
        long.MinValue,
    ];

    private static readonly object[] Reals =
    [
        1.5,
        0.0,
        -1.5,
        0.1,
        double.MaxValue,
        double.Epsilon,
        123456789.123456789,
    ];

    private static readonly object[] Texts =
    [
        "a",
        "",
        "A",
        "it's \"quoted\"",
        "  blanks around  ",
        "two\nlines\r\n\tand a tab",
        "zażółć 漢字 😀 e\u0301",
        "007",
        "1e5",
        "NULL",
        "%_\\",
        "{}",
        "[]",
        new string('x', LongLength),
    ];

    private static readonly object[] Times =
    [
        "2024-02-29 23:59:59",
        "0001-01-01 00:00:00",
        "9999-12-31 23:59:59.9999999",
        "1969-12-31 23:59:59",
    ];

    private static readonly object[] Guids =
    [
        "00000000-0000-0000-0000-000000000000",
        "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
        "0e000000-0000-0000-0000-000000000001",
    ];

    private static readonly object[] Blobs =
    [
        new byte[] { 1, 2, 3 },
        Array.Empty<byte>(),
        new byte[] { 0 },
        new byte[] { 0, 255, 0 },
        new byte[LongLength],
    ];

    private static readonly object[] Anything = [1L, "text", "1", 1.5, "", .. Blobs];

    private enum Use
    {
        Integer,
        Real,
        Number,
        Text,
        Time,
        Guid,
        Bytes,
        Anything,
    }

    /// <summary>Values at the edges, those that a CHECK names first.</summary>
    public static IReadOnlyList<object> Of(Table table, Column column)
    {
        var use = UseOf(column);
        return [.. SqliteCheckLiterals.Of(table, column).Where(v => Fits(v, use)), .. EdgesOf(use)];
    }

    /// <summary>An ordinary value, another one for each number.</summary>
    public static object Ordinary(Column column, long number) =>
        UseOf(column) switch
        {
            Use.Integer or Use.Number => 1000 + number,
            Use.Real => 1000.5 + number,
            Use.Text or Use.Anything => string.Create(
                CultureInfo.InvariantCulture,
                $"{column.Name} {number}"
            ),
            Use.Time => new DateTime(2001, 1, 1)
                .AddMinutes(number % MinutesOfTime)
                .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            Use.Guid => string.Create(
                CultureInfo.InvariantCulture,
                $"9f0c0000-0000-4000-8000-{number:x12}"
            ),
            Use.Bytes => Encoding.UTF8.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{column.Name} {number}")
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(column)),
        };

    private static object[] EdgesOf(Use use) =>
        use switch
        {
            Use.Integer => Integers,
            Use.Real => Reals,
            Use.Number => [.. Integers, .. Reals],
            Use.Text => Texts,
            Use.Time => Times,
            Use.Guid => Guids,
            Use.Bytes => Blobs,
            Use.Anything => Anything,
            _ => throw new ArgumentOutOfRangeException(nameof(use)),
        };

    private static bool Fits(object value, Use use) =>
        use switch
        {
            Use.Integer or Use.Real or Use.Number => value is long or double,
            Use.Text or Use.Time or Use.Guid => value is string,
            Use.Bytes => false,
            Use.Anything => true,
            _ => throw new ArgumentOutOfRangeException(nameof(use)),
        };

    private static Use UseOf(Column column)
    {
        var type = column.Type.Declared;
        return column.Type.Family switch
        {
            TypeFamily.Integral => Use.Integer,
            TypeFamily.Text => Says("DATE") || Says("TIME") ? Use.Time
            : Says("GUID") ? Use.Guid
            : Use.Text,
            TypeFamily.Blob => type.Length == 0 || Says("ANY") ? Use.Anything : Use.Bytes,
            TypeFamily.Real => Use.Real,
            TypeFamily.Numeric => Says("DATE") || Says("TIME") ? Use.Time
            : Says("UNIQUEIDENTIFIER") || Says("GUID") || Says("UUID") ? Use.Guid
            : Says("BOOL") ? Use.Integer
            : Says("JSON") ? Use.Text
            : Says("ANY") ? Use.Anything
            : Use.Number,
            TypeFamily.Other => Use.Anything,
            _ => throw new ArgumentOutOfRangeException(nameof(column)),
        };

        bool Says(string word) => type.Contains(word, StringComparison.OrdinalIgnoreCase);
    }
}
