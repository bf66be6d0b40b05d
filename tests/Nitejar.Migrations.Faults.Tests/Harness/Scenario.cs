using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Harness;

/// <summary>A run that is disturbed, and what it does when nobody disturbs it.</summary>
/// <param name="Name">For people.</param>
/// <param name="Sample">The database before; <see langword="null"/> for none.</param>
/// <param name="Arguments">Of the program; a second call of the same finds nothing to do.</param>
internal sealed record Scenario(string Name, Func<byte[]?> Sample, string[] Arguments)
{
    /// <summary>Up and down, with rows, on every kind of file.</summary>
    public static IEnumerable<Scenario> All =>
        [
            new("up on no file", () => null, ["up", "-c", "x.db"]),
            .. Enum.GetValues<JournalMode>()
                .SelectMany(mode =>
                    new Scenario[]
                    {
                        new($"up, {mode}", () => Samples.WithCore(mode), ["up", "-c", "x.db"]),
                        new(
                            $"down, {mode}",
                            () => Samples.WithBoth(mode),
                            ["down", "-c", "x.db", "--to", Samples.Core, "--yes"]
                        ),
                        new(
                            $"up again, {mode}",
                            () => Samples.WithSecondReverted(mode),
                            ["up", "-c", "x.db"]
                        ),
                    }
                ),
        ];

    public static IEnumerable<string> Names => All.Select(scenario => scenario.Name);

    public static Scenario Named(string name) => All.Single(scenario => scenario.Name == name);

    /// <summary>Runs it undisturbed under the tracer.</summary>
    public Undisturbed RunUndisturbed(Rig rig)
    {
        using var site = NewSite(rig);
        var before = DatabaseImage.Of(site.Database);
        var (result, calls) = Tracer.Watch(site, Arguments);
        result.RequireExit(0);
        return new Undisturbed(before, DatabaseImage.Of(site.Database), calls);
    }

    /// <summary>A place as it is before the run. The run leaves a receipt there too.</summary>
    public Site NewSite(Rig rig)
    {
        var site = rig.NewSite();
        site.Place(Sample());
        site.Variables["MIGRATION_RECEIPT_PATH"] = site["receipt.json"];
        return site;
    }

    public override string ToString() => Name;
}
