using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Shows;

/// <summary>Runs commands that only show something.</summary>
internal static class Showing
{
    /// <summary>
    /// There is nothing to undo, so a signal ends the program at once, however long it waits; the first process of a
    /// container would not hear one that it does not ask for.
    /// </summary>
    /// <param name="context">The command's.</param>
    /// <param name="show">Shows it and says how the program ends.</param>
    /// <exception cref="InvalidRequestException">It could not be shown: of such a command that is all.</exception>
    public static int Run(CommandContext context, Func<ExitCode> show)
    {
        using var signals = new Signals(interrupted =>
            ErrorReport.Write(context.Terminal, interrupted)
        );
        var code = signals.WithNothingToUndo(show);
        if (code == ExitCode.Success)
        {
            context.Terminal.RequireShown();
        }

        return (int)code;
    }
}
