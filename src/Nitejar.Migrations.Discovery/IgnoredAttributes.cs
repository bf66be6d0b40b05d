using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nitejar.Migrations.Discovery;

/// <summary>
/// FluentMigrator's attributes that would change which classes run, and that nitejar-migrate does not follow. Each is
/// reported, since a deploy that ignores it does something else than its author wrote.
/// </summary>
internal static class IgnoredAttributes
{
    private static readonly (string Attribute, DiagnosticDescriptor Rule)[] s_ofMigrations =
    [
        (FluentMigratorTypes.MaintenanceAttribute, Rules.Maintenance),
        (FluentMigratorTypes.ProfileAttribute, Rules.Profile),
    ];

    /// <summary>Returns the attributes of a class that implements IMigration.</summary>
    public static IEnumerable<ClassProblem> Of(INamedTypeSymbol type, string name) =>
        s_ofMigrations.SelectMany(known =>
            type.AttributesOf(known.Attribute)
                .Take(1)
                .Select(a => new ClassProblem(known.Rule, name, ClassRules.NameOf(a)))
        );
}
