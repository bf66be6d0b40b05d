using System.Collections.Generic;
using System.Linq;

namespace Nitejar.Migrations.Discovery.Rows;

/// <summary>The part of the generated file that keeps the properties of rows in a native program.</summary>
/// <param name="Members">Members of the index; empty where there are no rows.</param>
/// <param name="Attribute">A declaration beside it; usually empty.</param>
internal sealed record KeptRows(string Members, string Attribute)
{
    private const string Declared = """

        namespace System.Diagnostics.CodeAnalysis
        {
            [global::System.AttributeUsage(global::System.AttributeTargets.GenericParameter)]
            internal sealed class DynamicallyAccessedMembersAttribute : global::System.Attribute
            {
                public DynamicallyAccessedMembersAttribute(int memberTypes) { }
            }
        }

        """;

    public static KeptRows Of(IEnumerable<RowType> rows, TrimmerAttribute attribute)
    {
        var calls = rows.Select(static r => r.Kept)
            .OfType<string>()
            .Distinct()
            .OrderBy(static c => c, System.StringComparer.Ordinal)
            .ToArray();
        if (calls.Length == 0 || attribute == TrimmerAttribute.IsAmbiguous)
        {
            return new KeptRows("", "");
        }

        var publicProperties =
            attribute == TrimmerAttribute.Exists
                ? "global::System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicProperties"
                : "512";
        var type =
            $"[global::System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers({publicProperties})] T";
        return new KeptRows(
            $$"""

                    // Never called: that it could be keeps the properties that FluentMigrator reads by reflection.
                    private static readonly global::System.Action Kept = KeepRows;

                    private static void KeepRows()
                    {
                        {{string.Join("\n            ", calls)}}
                    }

                    private static void Keep<{{type}}>(T row) { }

                    private static void Keep<{{type}}>() { }

            """,
            attribute == TrimmerAttribute.IsMissing ? Declared : ""
        );
    }
}
