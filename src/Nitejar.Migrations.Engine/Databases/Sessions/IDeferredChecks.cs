using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases.Sessions;

/// <summary>
/// What a kind of database does not check while statements are executed, and lets a run break: references, views and
/// triggers. A kind that checks all of it by itself has none.
/// </summary>
internal interface IDeferredChecks
{
    /// <summary>Notes a statement that is about to be executed.</summary>
    void Before(Statement statement);

    /// <summary>Notes what the statement has made, renamed or dropped.</summary>
    void After(Statement statement);

    /// <summary>Notes that code is about to run, of which nothing is known.</summary>
    void BeforeCode();

    /// <summary>Remembers what is broken before the first statement that can touch rows.</summary>
    void Remember();

    /// <summary>Compares references with what was remembered.</summary>
    /// <param name="rebuilt">Tables that were dropped and made again, whose rows may have other numbers.</param>
    /// <exception cref="MigrationFailedException">A reference dangles that did not.</exception>
    /// <exception cref="DatabaseUnavailableException">The schema is damaged.</exception>
    void RequireReferences(IReadOnlySet<string> rebuilt);

    /// <summary>Compares views and triggers with what was remembered.</summary>
    /// <param name="words">The words of all statements, in lower case: what they name is not missed.</param>
    /// <exception cref="MigrationFailedException">Something works no longer.</exception>
    void RequireUsable(IReadOnlySet<string> words);

    /// <summary>Finds foreign keys that lead nowhere since the run, whether or not a row uses them.</summary>
    IReadOnlyList<LooseKey> ReadLooseKeys();
}

/// <summary>A foreign key that leads nowhere: where foreign keys are enforced, its table takes no row.</summary>
/// <param name="Table">Whose key it is.</param>
/// <param name="Problem">What is wrong with it, as part of a sentence.</param>
/// <param name="Remedy">A sentence: what the migration has to do instead.</param>
internal sealed record LooseKey(string Table, string Problem, string Remedy);
