using System.Reflection;
using System.Runtime.CompilerServices;
using FluentMigrator;
using FluentMigrator.Runner.Constraints;
using FluentMigrator.Runner.VersionTableInfo;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Hosting.Process;
using Nitejar.Migrations.Tool.Loading;

namespace Nitejar.Migrations.Tool;

/// <summary>What libraries have of migrations: every class that FluentMigrator's own runner would find, and a word about each that it would not.</summary>
internal sealed class FoundMigrations
{
    private static readonly MigrationTraitAttribute s_readsConnection = new(
        nameof(MigrationBase.ConnectionString),
        null
    );

    private readonly List<(MigrationAttribute Version, Type Type, Library Library)> _migrations =
    [];
    private readonly List<Type> _versionTables = [];
    private readonly List<string> _warnings = [];

    /// <summary>Adds those of a library.</summary>
    /// <exception cref="InvalidRequestException">It has none, or one that cannot be applied as it is meant.</exception>
    public void AddFrom(Library library)
    {
        var before = _migrations.Count;
        foreach (
            var type in library.ExportedTypes.Where(static t =>
                t is { IsClass: true, IsAbstract: false }
            )
        )
        {
            if (typeof(IVersionTableMetaData).IsAssignableFrom(type))
            {
                _versionTables.Add(type);
            }

            if (typeof(IMigration).IsAssignableFrom(type))
            {
                Add(type, library);
            }
        }

        WarnOfHidden(library);
        _warnings.AddRange(
            library.Missing.Select(name =>
                $"{library.File} needs {name}, which is not beside it. {LibraryProblem.Publish}"
            )
        );
        if (_migrations.Count == before)
        {
            throw LibraryProblem.Of(
                $"{library.File} has no migrations: no public class with [Migration]"
            );
        }
    }

    /// <summary>Returns them as a generated index has them.</summary>
    /// <exception cref="InvalidRequestException">Several classes name a version table, or one cannot be created.</exception>
    public LoadedMigrations ToIndex()
    {
        Attribute[] versionTable = [.. VersionTable()];
        return new LoadedMigrations(
            [
                .. _migrations.Select(found =>
                    (
                        found.Version,
                        ConditionsOf(found.Type, found.Library, versionTable),
                        found.Type.Name,
                        MigrationFactory.Of(found.Type)
                    )
                ),
            ],
            _warnings
        );
    }

    private void Add(Type type, Library library)
    {
        var versions = ClassAttributes.Of<MigrationAttribute>(type, library);
        if (versions.Length > 1)
        {
            throw LibraryProblem.OfClass(
                $"{type.FullName} has several attributes that declare a version"
            );
        }

        if (type.ContainsGenericParameters)
        {
            throw LibraryProblem.OfClass($"{type.FullName} cannot be created: it is generic");
        }

        foreach (var direction in (string[])["Up", "Down"])
        {
            if (IsAsyncVoid(type.GetMethod(direction, [])))
            {
                throw LibraryProblem.OfClass(
                    $"{type.FullName} has an async void {direction}, so that a part of it would be lost"
                );
            }
        }

        WarnOfWork(type, versions.Length == 0, library);
        _migrations.AddRange(versions.Select(version => (version, type, library)));
    }

    /// <summary>FluentMigrator has classes that it runs without a version.</summary>
    private void WarnOfWork(Type type, bool hasNoVersion, Library library)
    {
        if (ClassAttributes.Of<MaintenanceAttribute>(type, library).Length > 0)
        {
            _warnings.Add(
                $"{type.FullName} has [Maintenance], and is never run here; execute its SQL after `up` in the deploy."
            );
        }
        else if (ClassAttributes.Of<ProfileAttribute>(type, library).Length > 0)
        {
            _warnings.Add(
                $"{type.FullName} has [Profile], and is never run here, as by FluentMigrator without --profile."
            );
        }
        else if (hasNoVersion)
        {
            _warnings.Add(
                $"{type.FullName} implements IMigration but has no [Migration] attribute, so it is never applied."
            );
        }
    }

    private void WarnOfHidden(Library library)
    {
        foreach (var type in library.HiddenTypes)
        {
            if (
                type is { IsClass: true, IsAbstract: false }
                && typeof(IMigration).IsAssignableFrom(type)
                && LibraryProblem.Explain(library, () => type.IsDefined(typeof(MigrationAttribute)))
            )
            {
                _warnings.Add(
                    $"{type.FullName} is not public, so that FluentMigrator's own runner does not find it, and it is not applied here either."
                );
            }
        }
    }

    private IEnumerable<Attribute> VersionTable()
    {
        if (_versionTables.Count > 1)
        {
            throw LibraryProblem.OfClass(
                $"{_versionTables[0].FullName} and {_versionTables[1].FullName} both name the version table"
            );
        }

        return _versionTables.Select(static type => new MigrationTraitAttribute(
            "VersionTable",
            VersionTableFactory.Create(type)
        ));
    }

    private static Attribute[] ConditionsOf(Type type, Library library, Attribute[] versionTable) =>
        [
            .. type.GetInterfaces()
                .Prepend(type)
                .SelectMany(t => ClassAttributes.Of<TagsAttribute>(t, library)),
            .. ClassAttributes.Of<MigrationConstraintAttribute>(type, library),
            .. ClassAttributes.Of<LosesDataAttribute>(type, library),
            .. ClassAttributes.Of<MigrationTraitAttribute>(type, library),
            .. versionTable,
            .. library.ReadsConnectionString ? [s_readsConnection] : Array.Empty<Attribute>(),
        ];

    private static bool IsAsyncVoid(MethodInfo? method) =>
        method is not null
        && method.ReturnType == typeof(void)
        && method.IsDefined(typeof(AsyncStateMachineAttribute));
}
