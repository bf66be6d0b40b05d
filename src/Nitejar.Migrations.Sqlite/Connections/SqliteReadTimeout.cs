using System.Diagnostics;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Connections;

/// <summary>
/// Ends a question to the database that takes too long. A question may be several statements, and an interrupt between
/// two of them has no effect, so SQLite asks every now and then. It does not ask between the statements that it
/// prepares for itself, where an interrupt has one.
/// </summary>
internal sealed class SqliteReadTimeout(sqlite3 database, string name, TimeSpan limit)
{
    /// <summary>Instructions of SQLite's virtual machine between two looks at the clock: some microseconds.</summary>
    private const int Instructions = 1_000;

    /// <summary>Asks, for the limit at most. Questions are not nested.</summary>
    /// <exception cref="DatabaseUnavailableException">The time is up.</exception>
    public T Within<T>(Func<T> question)
    {
        var clock = Stopwatch.StartNew();
        var isUp = false;
        raw.sqlite3_progress_handler(
            database,
            Instructions,
            _ =>
            {
                // Never back to false: the timer may be a little earlier than the clock.
                if (clock.Elapsed > limit)
                {
                    isUp = true;
                }

                return isUp ? 1 : 0;
            },
            v: null
        );
        using var timer = new CancellationTokenSource(limit);
        using var onTime = timer.Token.Register(() =>
        {
            isUp = true;
            raw.sqlite3_interrupt(database);
        });
        try
        {
            return question();
        }
        catch (Exception e) when (isUp)
        {
            // Whatever the question makes of the interrupt.
            throw new DatabaseUnavailableException(
                FormattableString.Invariant(
                    $"A read of {name} took longer than {limit.TotalSeconds:0.###} s (--timeout)."
                ),
                "Allow more time with --timeout, or look at what is read: the views and the size of the tables.",
                e
            );
        }
        finally
        {
            raw.sqlite3_progress_handler(database, 0, func: null, v: null);
        }
    }
}
