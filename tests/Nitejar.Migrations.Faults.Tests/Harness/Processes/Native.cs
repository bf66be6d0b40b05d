using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Harness.Processes;

/// <summary>Compiles what only C can do: the sources beside this one.</summary>
internal static class Native
{
    /// <summary>Builds a program, or a library with <c>-shared</c>, beside the site's working directory.</summary>
    /// <returns>Its path.</returns>
    public static string Build(Site site, string name, params string[] options)
    {
        var target = site.Outside(name);
        var compiler = Programs.Find("gcc") ?? Programs.Require("clang");
        var source = Path.Combine(AppContext.BaseDirectory, $"{name}.c");
        new Command(compiler, "/", ["-O1", "-o", target, source, .. options])
        {
            InheritsEnvironment = true,
        }
            .Run()
            .Exits(0);
        return target;
    }
}
