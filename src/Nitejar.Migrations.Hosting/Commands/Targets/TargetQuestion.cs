using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Hosting.Commands.Questions;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Output;

namespace Nitejar.Migrations.Hosting.Commands.Targets;

/// <summary>Asks once whether migrations may be reverted in several targets, and shows the plan of each.</summary>
internal static class TargetQuestion
{
    /// <param name="terminal">Where to ask.</param>
    /// <param name="settings">Name the database that it is about.</param>
    /// <param name="plans">What would be done; at least one has a step.</param>
    public static Answer Ask(Terminal terminal, Settings settings, TargetPlans plans)
    {
        var listings = new List<Listing>();
        foreach (var route in plans.Routes)
        {
            var schemas = new List<string>();
            foreach (var plan in plans.All)
            {
                if (plan.Migrations == route)
                {
                    schemas.Add($"{plan.Name}{LossesOf(plan)}");
                }
            }

            listings.Add(
                new Listing($"This reverts {route} in {Count.Of(schemas.Count, "schema")}", schemas)
            );
        }

        var problems = new List<string>();
        var notes = new List<string>();
        foreach (var plan in plans.All)
        {
            notes.AddRange(plan.Notes.Select(note => $"{plan.Name}: {note}"));
            if (plan.Problem is { } problem)
            {
                problems.Add($"{plan.Name}: {problem.Message}");
            }
        }

        listings.Add(new Listing("Nothing to revert in", plans.NamesOf("")));
        listings.Add(new Listing("Cannot be reverted in", problems));
        listings.Add(new Listing("Note", notes));
        return Question.Ask(terminal, QuestionSubject.Of(settings), listings);
    }

    private static string LossesOf(TargetPlan plan) =>
        PartOf(plan, areChanges: false, "removes") + PartOf(plan, areChanges: true, "changes");

    private static string PartOf(TargetPlan plan, bool areChanges, string verb)
    {
        var losses = new List<string>();
        foreach (var loss in plan.Shown.Losses)
        {
            if (loss.IsChange == areChanges)
            {
                losses.Add($"{loss}");
            }
        }

        return losses.Count == 0 ? "" : $"; {verb} {string.Join(", ", losses)}";
    }
}
