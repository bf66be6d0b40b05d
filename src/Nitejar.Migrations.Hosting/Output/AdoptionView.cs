using System.Text.Json;
using Nitejar.Migrations.Engine.Trust.Containing.Points;
using Nitejar.Migrations.Hosting.Output.Formats;

namespace Nitejar.Migrations.Hosting.Output;

/// <summary>Shows in what adopted objects are not as the migrations make them, or why they are not adopted.</summary>
internal static class AdoptionView
{
    /// <summary>As the field <c>adoption</c>, for answers and receipts alike.</summary>
    public static void WriteJson(Utf8JsonWriter json, IReadOnlyList<ContainmentPoint> points) =>
        json.WriteArray(
            "adoption",
            points,
            point =>
            {
                json.WriteString("object", point.Subject);
                json.WriteString("expected", point.Expected);
                json.WriteString("found", point.Found);
                json.WriteString("level", Words.Of(point.Level));
            }
        );

    /// <summary>The notes of an adoption, a line each behind an empty one; nothing without any.</summary>
    public static string ToText(IReadOnlyList<ContainmentPoint> points) =>
        points.Count == 0
            ? ""
            : "\n" + string.Concat(points.Select(point => $"  {Words.Of(point.Level)}: {point}\n"));
}
