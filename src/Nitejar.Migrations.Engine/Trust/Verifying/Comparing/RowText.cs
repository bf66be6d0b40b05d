using System.Text;

namespace Nitejar.Migrations.Engine.Trust.Verifying.Comparing;

/// <summary>Writes rows and values as people read them, long ones shortened.</summary>
internal static class RowText
{
    private const int LongestValue = 60;
    private const int LongestRow = 300;

    /// <summary>A value as SQL writes it.</summary>
    public static string Of(object? value) =>
        value switch
        {
            null => "NULL",
            string text =>
                $"'{Short(text.Replace("'", "''", StringComparison.Ordinal), LongestValue)}'",
            byte[] bytes => $"x'{Short(Convert.ToHexStringLower(bytes), LongestValue)}'",
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };

    /// <summary>Columns with their values: <c>id = 1, name = 'a'</c>.</summary>
    public static string Of(IReadOnlyList<string> columns, IReadOnlyList<object?> values)
    {
        var text = new StringBuilder();
        for (var i = 0; i < columns.Count && text.Length < LongestRow; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append(columns[i]).Append(" = ").Append(Of(values[i]));
        }

        return Short(text.ToString(), LongestRow);
    }

    /// <summary>A key that is the same for the same values and no others.</summary>
    public static string KeyOf(IEnumerable<object?> values)
    {
        var key = new StringBuilder();
        foreach (var value in values)
        {
            var (kind, text) = value switch
            {
                null => ('n', ""),
                string s => ('s', s),
                byte[] bytes => ('b', Convert.ToHexString(bytes)),
                double number => (
                    'd',
                    BitConverter.DoubleToInt64Bits(number).ToString(CultureInfo.InvariantCulture)
                ),
                _ => ('i', Convert.ToString(value, CultureInfo.InvariantCulture)!),
            };
            key.Append(kind).Append(text.Length).Append(':').Append(text);
        }

        return key.ToString();
    }

    /// <summary>Whether two values are the same to the letter and of the same type.</summary>
    public static bool AreSame(object? one, object? other) =>
        (one, other) switch
        {
            (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
            (double a, double b) => BitConverter.DoubleToInt64Bits(a)
                == BitConverter.DoubleToInt64Bits(b),
            _ => Equals(one, other),
        };

    private static string Short(string text, int most) =>
        text.Length <= most ? text : $"{text[..most]}... ({text.Length} characters)";
}
