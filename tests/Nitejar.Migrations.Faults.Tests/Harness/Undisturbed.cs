using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Harness;

/// <summary>What a run does when nobody disturbs it, and so what a disturbed one may leave.</summary>
/// <param name="Before">The image before it.</param>
/// <param name="After">The image after it.</param>
/// <param name="Calls">What it asked of the kernel.</param>
internal sealed record Undisturbed(string Before, string After, IReadOnlyList<TracedCall> Calls)
{
    /// <summary>Calls of these names.</summary>
    public IReadOnlyList<TracedCall> CallsOf(params string[] names) =>
        [.. Calls.Where(call => names.Length == 0 || names.Contains(call.Name))];

    /// <summary>The database is sound, and as before or as after the run: as after it, if that was reported.</summary>
    public void RequireBoundary(Site site, bool reported)
    {
        Leftovers.RequireHarmless(site);
        site.Run("status", "-c", "x.db").RequireExit(0);
        DatabaseImage.RequireSound(site.Database);

        var image = DatabaseImage.Of(site.Database);
        if (reported)
        {
            Require.Same(image, After, "the database after a run that reported success");
        }
        else if (image != Before)
        {
            Require.Same(image, After, "the database between before and after");
        }
    }

    /// <summary>The next run gets where this one was going.</summary>
    public void RequireConvergence(Site site, string[] arguments)
    {
        site.Run(arguments).RequireExit(0);
        Require.Same(DatabaseImage.Of(site.Database), After, "the database after the next run");
        DatabaseImage.RequireSound(site.Database);
    }
}
