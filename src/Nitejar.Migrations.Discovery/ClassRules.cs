using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nitejar.Migrations.Discovery;

/// <summary>Mistakes in migration classes that are better found by the compiler than by a deploy.</summary>
internal static class ClassRules
{
    public static IEnumerable<ClassProblem> Broken(
        INamedTypeSymbol type,
        bool isMigration,
        IReadOnlyList<AttributeData> attributes,
        Compilation compilation
    )
    {
        var name = type.ToDisplayString();
        if (!isMigration)
        {
            // A class whose base the compiler does not know has an error of its own already.
            return type.AndBaseTypes().Any(static t => t.TypeKind == TypeKind.Error)
                ? []
                : [new ClassProblem(Rules.NoMigration, name, Names(attributes))];
        }

        if (type.IsAbstract)
        {
            var idle = attributes.Where(static a => !FluentMigratorTypes.IsInherited(a)).ToArray();
            return idle.Length == 0
                ? []
                : [new ClassProblem(Rules.AbstractWithAttribute, name, Names(idle))];
        }

        var ignored = IgnoredAttributes.Of(type, name).ToArray();
        return attributes.Count switch
        {
            0 when ignored.Any(static i => i.IsRun) => ignored,
            0 => [new ClassProblem(Rules.WithoutAttribute, name)],
            1 => [.. OfOne(type, name, attributes[0], compilation), .. ignored],
            _ => [new ClassProblem(Rules.SeveralAttributes, name, Names(attributes)), .. ignored],
        };
    }

    private static IEnumerable<ClassProblem> OfOne(
        INamedTypeSymbol type,
        string name,
        AttributeData attribute,
        Compilation compilation
    )
    {
        var access = new GeneratedCodeAccess(compilation);
        if (access.WhyNotCreatable(type) is { } reason)
        {
            yield return new ClassProblem(Rules.NotCreatable, name, reason);
        }

        if (AttributeSource.IsWrong(attribute))
        {
            yield break;
        }

        foreach (var written in ConditionAttributes.Of(type).Append(attribute))
        {
            if (!AttributeSource.IsWrong(written) && !AttributeSource.CanBeWritten(written, access))
            {
                yield return new ClassProblem(Rules.AttributeNotWritable, name, NameOf(written));
            }
        }

        if (ConditionAttributes.NamesNoTag(type))
        {
            yield return new ClassProblem(Rules.WithoutTags, name, "Tags");
        }

        if (IndexEntry.ConstantVersion(attribute) is { } version)
        {
            if (version <= 0)
            {
                yield return new ClassProblem(
                    Rules.VersionNotPositive,
                    name,
                    version.ToString(CultureInfo.InvariantCulture)
                );
            }
        }
        else if (attribute.AttributeClass.Is(FluentMigratorTypes.TimestampedMigrationAttribute))
        {
            yield return new ClassProblem(Rules.NotADate, name);
        }

        foreach (var problem in Bodies.Of(type, name))
        {
            yield return problem;
        }
    }

    private static string Names(IEnumerable<AttributeData> attributes) =>
        string.Join("] and [", attributes.Select(NameOf));

    /// <summary>Returns the attribute as it is written over a class.</summary>
    public static string NameOf(AttributeData attribute)
    {
        const string Suffix = "Attribute";
        var name = attribute.AttributeClass!.Name;
        return name.Length > Suffix.Length && name.EndsWith(Suffix, System.StringComparison.Ordinal)
            ? name.Substring(0, name.Length - Suffix.Length)
            : name;
    }
}
