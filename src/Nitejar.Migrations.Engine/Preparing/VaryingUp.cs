using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Preparing;

/// <summary>
/// Tells an Up that makes another text at each evaluation (<c>Guid.NewGuid()</c>, <c>DateTime.UtcNow</c>): what it has
/// executed says nothing of whether its class has changed.
/// </summary>
internal static class VaryingUp
{
    /// <summary>More than a second by a margin for the timer: what a class takes from the clock is often whole seconds.</summary>
    private static readonly TimeSpan AnotherSecond = TimeSpan.FromSeconds(1.1);

    /// <summary>The checksum to record; <see langword="null"/> where another evaluation makes, or may make, another one.</summary>
    /// <param name="known">The migration.</param>
    /// <param name="script">What was executed.</param>
    /// <param name="compiler">Evaluates it again.</param>
    /// <param name="sinceUtc">Not later than the evaluation.</param>
    public static string? ChecksumOf(
        KnownMigration known,
        MigrationScript script,
        MigrationCompiler compiler,
        DateTime sinceUtc
    ) =>
        script.Checksum is { } checksum
        && !ClockReadings.AreIn(script.Sql, sinceUtc)
        && (!MayDiffer(known, script.Sql) || Again(known, compiler) == script.Sql)
            ? checksum
            : null;

    /// <summary>Whether a text that was made just now varies. It takes a second where it may hold the time.</summary>
    public static bool Is(KnownMigration known, MigrationScript script, MigrationCompiler compiler)
    {
        if (ClockReadings.AreIn(script.Sql, DateTime.UtcNow - AnotherSecond))
        {
            Thread.Sleep(AnotherSecond);
        }

        return Again(known, compiler) != script.Sql;
    }

    private static bool MayDiffer(KnownMigration known, string sql) =>
        known.ReadsConnectionString || WritesRows(sql);

    /// <summary>
    /// Whether the text may hold values of rows. What only makes tables varies in names at most, which is seen before it
    /// counts as changed; to evaluate all of it twice would cost an eighth of a large first run.
    /// </summary>
    private static bool WritesRows(string sql) =>
        SqlVerbs.MayHave(sql, "INSERT", "UPDATE", "DELETE");

    /// <summary>The text of another evaluation, for a database elsewhere; <see langword="null"/> where it throws, as the first did not.</summary>
    private static string? Again(KnownMigration known, MigrationCompiler compiler)
    {
        try
        {
            return compiler.CompileElsewhere(known, Direction.Up, schema: null).Sql;
        }
        catch (MigrationFailedException)
        {
            return null;
        }
    }
}
