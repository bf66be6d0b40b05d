using System.Reflection;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Tool.Loading;

namespace Nitejar.Migrations.Tool;

/// <summary>The attributes of a class, which may be of the library's own and do anything.</summary>
internal static class ClassAttributes
{
    /// <summary>Returns those of a type, inherited ones included.</summary>
    /// <exception cref="InvalidRequestException">One cannot be evaluated.</exception>
    public static T[] Of<T>(Type type, Library library)
        where T : Attribute
    {
        try
        {
            return LibraryProblem.Explain(
                library,
                () => (T[])type.GetCustomAttributes(typeof(T), inherit: true)
            );
        }
        catch (Exception e) when (e is not MigrateException)
        {
            var cause = (e as TargetInvocationException)?.InnerException ?? e;
            throw LibraryProblem.OfClass(
                $"The attributes of {type.FullName} cannot be evaluated: {cause.Message.TrimEnd('.')}",
                cause
            );
        }
    }
}
