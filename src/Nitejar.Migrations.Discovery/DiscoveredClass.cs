using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Nitejar.Migrations.Discovery.Cached;

namespace Nitejar.Migrations.Discovery;

/// <summary>What the generator keeps of a class: text only, so that the compiler can cache it.</summary>
/// <param name="Entry">What the index says of it; <see langword="null"/> when it cannot be in the index.</param>
/// <param name="Location">The name in its declaration.</param>
/// <param name="Problems">What is wrong with it, or without effect.</param>
internal sealed record DiscoveredClass(
    IndexEntry? Entry,
    LocationInfo Location,
    Sequence<ClassProblem> Problems
)
{
    /// <summary>What it says of the table of applied versions; <see langword="null"/> where it says nothing.</summary>
    public VersionTableClass? VersionTable { get; init; }

    /// <summary>Returns what is known of a class, or <see langword="null"/> when it has nothing to do with migrations.</summary>
    public static DiscoveredClass? From(
        INamedTypeSymbol type,
        LocationInfo location,
        Compilation compilation
    )
    {
        var attributes = type.AttributesOf(FluentMigratorTypes.MigrationAttribute);
        var isMigration = type.IsMigration();
        var namesVersionTable = VersionTableClass.Is(type);
        if (!isMigration && attributes.Count == 0 && !namesVersionTable)
        {
            return null;
        }

        var access = new GeneratedCodeAccess(compilation);
        var problems = new List<ClassProblem>();
        var whyNot = namesVersionTable ? VersionTableClass.WhyNot(type, access) : null;
        if (whyNot is not null)
        {
            problems.Add(new ClassProblem(Rules.VersionTable, type.ToDisplayString(), whyNot));
        }

        if (isMigration || attributes.Count > 0)
        {
            problems.AddRange(ClassRules.Broken(type, isMigration, attributes, compilation));
        }

        return new DiscoveredClass(
            isMigration
            && !type.IsAbstract
            && attributes.Count == 1
            && !problems.Any(p => p.KeepsOut)
                ? IndexEntry.Of(type, attributes[0], access)
                : null,
            location,
            new Sequence<ClassProblem>(problems)
        )
        {
            VersionTable =
                namesVersionTable && whyNot is null ? VersionTableClass.Of(type, access) : null,
        };
    }
}

/// <summary>A rule that a class does not keep.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Class">The class, as messages name it.</param>
/// <param name="Detail">What the rule's message says besides; empty when it says no more.</param>
internal sealed record ClassProblem(DiagnosticDescriptor Rule, string Class, string Detail = "")
{
    /// <summary>Whether generated code that names the class would not compile.</summary>
    public bool KeepsOut => Rule == Rules.NotCreatable || Rule == Rules.AttributeNotWritable;

    /// <summary>Whether the rule speaks of a class that FluentMigrator runs although it has no version.</summary>
    public bool IsRun => Rule == Rules.Maintenance || Rule == Rules.Profile;
}
