using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Trust.Containing.Tables;

/// <summary>Defaults: the same value, however it is written. Of the current time the way is noted.</summary>
internal static class DefaultPoints
{
    public static void Judge(PointList points, string name, Column expected, Column found)
    {
        if (expected.Default?.Normal == found.Default?.Normal || expected.IsIdentity)
        {
            return;
        }

        if (expected.Default is not { } wanted)
        {
            points.Note(name, "no default", WordsOf(found.Default));
            return;
        }

        var values = found.Default is { } other ? points.Content.Evaluate(wanted, other) : null;
        if (!Calls(wanted))
        {
            if (values is not { } constants || !AreSame(constants, expected.Type.Family))
            {
                points.Refuse(name, WordsOf(wanted), WordsOf(found.Default));
            }
        }
        else if (values is { } now && Calls(found.Default!) && AreSameSecond(now))
        {
            points.Note(name, WordsOf(wanted), WordsOf(found.Default));
        }
        else
        {
            points.Refuse(name, WordsOf(wanted), WordsOf(found.Default));
        }
    }

    /// <summary>Whether the value is computed when a row is inserted, so that it may be another one each time.</summary>
    private static bool Calls(SqlText value) =>
        value.Normal.Contains('(', StringComparison.Ordinal)
        && !value.Normal.StartsWith("CAST ", StringComparison.OrdinalIgnoreCase);

    private static bool AreSame((object One, object Other) values, TypeFamily family) =>
        Equals(values.One, values.Other)
        || (
            family == TypeFamily.Integral
            && ToInteger(values.One) is { } one
            && one == ToInteger(values.Other)
        );

    /// <summary>Whether both tell the current time in whole seconds: two clocks read one after the other.</summary>
    private static bool AreSameSecond((object One, object Other) values) =>
        ToInteger(values.One) is > 1_000_000_000 and var one
        && ToInteger(values.Other) is { } other
        && Math.Abs(one - other) <= 1;

    private static long? ToInteger(object value) =>
        value switch
        {
            long number => number,
            int number => number,
            string text
                when long.TryParse(
                    text,
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var number
                ) => number,
            _ => null,
        };

    private static string? WordsOf(SqlText? value) => value is null ? null : $"DEFAULT {value}";
}
