using System.Reflection;
using Nitejar.Migrations.Engine;

namespace Nitejar.Migrations.Tool.Loading;

/// <summary>Says in one sentence why a library cannot be used.</summary>
internal static class LibraryProblem
{
    /// <summary>What to do where something is not beside a library.</summary>
    public const string Publish =
        "Publish the project with `dotnet publish`, and name the library in the published folder.";

    private const string Name =
        "Build the project of the migrations, and name its library, such as bin/Release/net10.0/Shop.Migrations.dll.";

    /// <summary>Makes the failure of a wrong path.</summary>
    public static InvalidRequestException Of(string clause) => new($"{clause}.", Name);

    /// <summary>Makes the failure of a file that is something else, is damaged or may not be read.</summary>
    public static InvalidRequestException NotLoaded(string file, Exception cause) =>
        new($"{file} cannot be loaded as a .NET library.", Name, cause)
        {
            Detail = cause.Message.Trim(),
        };

    /// <summary>Makes the failure of a class that cannot be used.</summary>
    public static InvalidRequestException OfClass(string clause, Exception? cause = null) =>
        new($"{clause}.", "Correct the class and build the library again.", cause);

    /// <summary>Does something that may load more of a library.</summary>
    /// <exception cref="InvalidRequestException">What it needs is missing or does not fit.</exception>
    public static T Explain<T>(Library library, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (FileNotFoundException e) when (e.FileName is { } name)
        {
            throw new InvalidRequestException(
                $"{library.File} needs {Shortly(new AssemblyName(name))}, which is not beside it.",
                Publish,
                e
            );
        }
        catch (Exception e)
            when (e
                    is FileLoadException
                        or BadImageFormatException
                        or TypeLoadException
                        or MissingMemberException
            )
        {
            throw new InvalidRequestException(
                $"{library.File} does not fit what is loaded with it{library.OtherFluentMigrator}: {e.Message.TrimEnd('.')}.",
                Publish,
                e
            );
        }
    }

    /// <summary>Returns name and version, without what else an assembly is called by.</summary>
    public static string Shortly(AssemblyName name) => $"{name.Name} {name.Version}".TrimEnd();
}
