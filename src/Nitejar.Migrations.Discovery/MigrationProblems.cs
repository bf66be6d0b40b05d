using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nitejar.Migrations.Discovery;

/// <summary>Mistakes in migration classes that are better found by the compiler than by a deploy.</summary>
internal static class MigrationProblems
{
    private static readonly DiagnosticDescriptor DuplicateVersion = Describe(
        "NITEJAR001",
        "Two migrations share a version",
        "{0} and {1} both have version {2}; give one of them another timestamp"
    );

    private static readonly DiagnosticDescriptor NotConstructible = Describe(
        "NITEJAR002",
        "A migration cannot be created",
        "{0} must not be abstract and needs a constructor without parameters"
    );

    private static readonly DiagnosticDescriptor Tagged = Describe(
        "NITEJAR003",
        "Tags are not supported",
        "{0} has [Tags], which nitejar-migrate does not filter by; remove the attribute"
    );

    public static IEnumerable<Diagnostic> In(ImmutableArray<DiscoveredMigration> migrations)
    {
        foreach (var same in migrations.GroupBy(m => m.Version).Where(g => g.Count() > 1))
        {
            var pair = same.Take(2).ToArray();
            yield return Diagnostic.Create(
                DuplicateVersion,
                pair[1].Location.ToLocation(),
                pair[0].Name,
                pair[1].Name,
                same.Key
            );
        }

        foreach (var migration in migrations)
        {
            if (!migration.IsConstructible)
            {
                yield return Diagnostic.Create(
                    NotConstructible,
                    migration.Location.ToLocation(),
                    migration.Name
                );
            }

            if (migration.IsTagged)
            {
                yield return Diagnostic.Create(
                    Tagged,
                    migration.Location.ToLocation(),
                    migration.Name
                );
            }
        }
    }

    private static DiagnosticDescriptor Describe(string id, string title, string message) =>
        new(
            id,
            title,
            message,
            "Nitejar.Migrations",
            DiagnosticSeverity.Error,
            isEnabledByDefault: true
        );
}
