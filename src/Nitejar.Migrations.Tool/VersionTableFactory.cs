using System.Reflection;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Conventions;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.VersionTableInfo;
using Microsoft.Extensions.Options;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Tool.Loading;

namespace Nitejar.Migrations.Tool;

/// <summary>Makes a class that names the table of applied versions, whose constructor may want what FluentMigrator's own such class does.</summary>
internal static class VersionTableFactory
{
    /// <exception cref="InvalidRequestException">It wants something else, or throws.</exception>
    public static IVersionTableMetaData Create(Type type)
    {
        if (type.GetConstructors() is not [var constructor])
        {
            throw Failure(type, "it has to have one public constructor");
        }

        object?[] arguments =
        [
            .. constructor.GetParameters().Select(p => Service(p.ParameterType)),
        ];
        if (arguments.Contains(null))
        {
            throw Failure(
                type,
                "its constructor wants more than FluentMigrator's conventions and options"
            );
        }

        try
        {
            return (IVersionTableMetaData)constructor.Invoke(arguments);
        }
        catch (TargetInvocationException e)
        {
            throw Failure(type, e.InnerException!.Message.TrimEnd('.'));
        }
    }

    private static object? Service(Type wanted) =>
        wanted == typeof(IConventionSet) ? new DefaultConventionSet()
        : wanted == typeof(IOptions<RunnerOptions>) ? Options.Create(new RunnerOptions())
        : null;

    private static InvalidRequestException Failure(Type type, string why) =>
        LibraryProblem.OfClass(
            $"{type.FullName} names the version table and cannot be created: {why}"
        );
}
