using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Running.Consents;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Questions;

/// <summary>
/// Asks whether a plan may be run, and shows its steps and the rows that it removes. An answer is for what was shown: if
/// the database has changed since, the question is asked once more.
/// </summary>
/// <param name="terminal">Where to ask.</param>
/// <param name="signals">A signal may come instead of an answer.</param>
/// <param name="settings">Name the database that it is about.</param>
internal sealed class PlanQuestion(Terminal terminal, Signals signals, Settings settings)
{
    /// <summary>A database that has changed before each of so many answers is no place for questions.</summary>
    private const int Most = 2;

    private int _asked;

    public bool MayBeAsked => _asked < Most;

    /// <summary>What a failed run would have done if it were allowed; <see langword="null"/> for any other end.</summary>
    public static Proposal? ProposalOf(Exception? failure) =>
        failure switch
        {
            DataLossRefusedException refused => refused.Proposed,
            PlanChangedException changed => changed.Proposed,
            _ => null,
        };

    /// <summary>Asks whether it may be done.</summary>
    /// <exception cref="InterruptedException">A signal came instead of an answer.</exception>
    public Answer Ask(Proposal proposal)
    {
        var hasChanged = _asked++ > 0;
        return signals.WithNothingToUndo(() =>
            Question.Ask(
                terminal,
                QuestionSubject.Of(settings),
                [
                    Steps(proposal, Direction.Down, "This reverts"),
                    Steps(proposal, Direction.Up, "This applies again"),
                    Losses(proposal, areChanges: false, "This removes"),
                    Losses(proposal, areChanges: true, "This changes"),
                    new("Note", proposal.Doubts),
                ],
                hasChanged ? "The database has changed since the question." : null
            )
        );
    }

    private static Listing Losses(Proposal proposal, bool areChanges, string heading) =>
        new(
            heading,
            proposal.Losses.Where(loss => loss.IsChange == areChanges).Select(loss => $"{loss}")
        );

    private static Listing Steps(Proposal proposal, Direction direction, string heading) =>
        new(
            heading,
            proposal
                .Plan.Steps.Where(step => step.Direction == direction)
                .Select(step => step.Id.ToString())
        );
}
