using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Nitejar.Migrations.Discovery.Cached;

namespace Nitejar.Migrations.Discovery;

/// <summary>One line of the index.</summary>
/// <param name="Version">The version, where the compiler can tell it: <see langword="null"/> when a constructor of the project's own computes it.</param>
/// <param name="Name">The class as the journal names it.</param>
/// <param name="DisplayName">The class as messages name it.</param>
/// <param name="FullName">The class as generated code names it.</param>
/// <param name="Attribute">The expression that makes its attribute.</param>
/// <param name="Services">The types that its constructor wants, as generated code names them.</param>
/// <param name="Conditions">The expressions that make the attributes by which a run chooses it, or by which it declares what it loses.</param>
internal sealed record IndexEntry(
    long? Version,
    string Name,
    string DisplayName,
    string FullName,
    string Attribute,
    Sequence<string> Services,
    Sequence<WrittenAttribute> Conditions
)
{
    public static IndexEntry? Of(
        INamedTypeSymbol type,
        AttributeData attribute,
        GeneratedCodeAccess access
    ) =>
        AttributeSource.IsWrong(attribute)
            ? null
            : new IndexEntry(
                ConstantVersion(attribute),
                type.Name,
                type.ToDisplayString(),
                type.ToDisplayString(AttributeSource.TypeFormat),
                AttributeSource.Of(attribute),
                new Sequence<string>(access.WantedBy(type)),
                new Sequence<WrittenAttribute>(
                    ConditionAttributes
                        .Written(type)
                        .Where(static a => !AttributeSource.IsWrong(a))
                        .Select(static a => new WrittenAttribute(
                            AttributeSource.Of(a),
                            MayThrow: !a.AttributeClass.Is(FluentMigratorTypes.TagsAttribute)
                                && !a.AttributeClass.Is(FluentMigratorTypes.LosesDataAttribute)
                                && !a.AttributeClass.Is(FluentMigratorTypes.TraitAttribute)
                        ))
                )
            );

    /// <summary>Returns the version that one of FluentMigrator's own attributes declares, or <see langword="null"/>.</summary>
    public static long? ConstantVersion(AttributeData attribute)
    {
        var values = attribute
            .ConstructorArguments.Where(static a => a.Kind != TypedConstantKind.Array)
            .Select(static a => a.Value)
            .ToArray();
        if (attribute.AttributeClass.Is(FluentMigratorTypes.MigrationAttribute))
        {
            return values.OfType<long>().Select(static v => (long?)v).FirstOrDefault();
        }

        var parts = values.OfType<ushort>().Select(static v => (int)v).ToArray();
        if (
            !attribute.AttributeClass.Is(FluentMigratorTypes.TimestampedMigrationAttribute)
            || parts.Length is not (5 or 6)
        )
        {
            return null;
        }

        var text =
            string.Concat(
                parts.Select(
                    (p, i) => p.ToString(i == 0 ? "D4" : "D2", CultureInfo.InvariantCulture)
                )
            ) + (parts.Length == 5 ? "00" : "");
        return DateTime.TryParseExact(
            text,
            "yyyyMMddHHmmss",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out _
        )
            ? long.Parse(text, CultureInfo.InvariantCulture)
            : null;
    }
}

/// <summary>An attribute as generated code makes it.</summary>
/// <param name="Source">The expression.</param>
/// <param name="MayThrow">Whether a constructor of the project's own is called.</param>
internal sealed record WrittenAttribute(string Source, bool MayThrow);
