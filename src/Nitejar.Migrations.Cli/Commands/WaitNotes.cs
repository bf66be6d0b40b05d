using Nitejar.Migrations.Cli.Output;
using Nitejar.Migrations.Engine.Databases;

namespace Nitejar.Migrations.Cli.Commands;

/// <summary>Tells on stderr what the program waits for, and until when.</summary>
internal sealed class WaitNotes(Terminal terminal, IDatabase database)
{
    /// <summary>For somebody who holds the lock.</summary>
    public void LockWait(DateTime until, string? holder) =>
        terminal.Note(
            $"waiting for the lock on {database.Name}, until {Words.Of(until)} UTC (--lock-timeout)"
                + (holder is null ? "" : $"; {holder} holds it")
        );

    /// <summary>For a database that does not answer.</summary>
    public void AnswerWait(DateTime until) =>
        terminal.Note(
            $"waiting for {database.Name} to answer, until {Words.Of(until)} UTC (--wait)"
        );
}
