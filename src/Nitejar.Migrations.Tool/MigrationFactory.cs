using System.Reflection;
using FluentMigrator;

namespace Nitejar.Migrations.Tool;

/// <summary>Makes instances of migrations, whose constructors can want nothing here.</summary>
internal static class MigrationFactory
{
    /// <summary>Returns what makes a new one each time.</summary>
    public static Func<IMigration> Of(Type type) => () => Create(type);

    private static IMigration Create(Type type)
    {
        if (type.GetConstructor([]) is { } constructor)
        {
            return (IMigration)
                constructor.Invoke(
                    BindingFlags.DoNotWrapExceptions,
                    binder: null,
                    [],
                    culture: null
                );
        }

        var wanted = type.GetConstructors().FirstOrDefault()?.GetParameters() ?? [];
        throw new InvalidOperationException(
            wanted.Length == 0
                ? $"{type.FullName} has no public constructor"
                : $"{type.FullName} wants {string.Join(", ", wanted.Select(p => p.ParameterType.FullName))}, which a library cannot be given; a program of the project's own gives it: see docs/hosting.md"
        );
    }
}
