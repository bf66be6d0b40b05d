using System.Text;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.FluentMigrations;

/// <summary>Which migrations a script holds.</summary>
/// <param name="Direction">Which way.</param>
/// <param name="From">The version that the database has; <see langword="null"/> for none going up and the newest going down.</param>
/// <param name="To">The version that it will have; <see langword="null"/> for the newest going up and none going down.</param>
public sealed record ScriptRange(Direction Direction, long? From, long? To)
{
    /// <summary>Chooses among migrations with tags, in both directions, since no history says what is applied; empty for those without tags only.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>Writes migrations as SQL for a reviewer, without any database.</summary>
public sealed class MigrationScripter(MigrationCatalog catalog, IDatabaseDriver driver)
{
    private readonly MigrationCompiler _compiler = new(driver);
    private readonly ScriptWords _words = driver.Generation.Script;
    private readonly IDialect _dialect = driver.Generation.Script.DialectFor(catalog.VersionTable);

    /// <summary>
    /// Writes the script: one transaction that also keeps the table of applied versions up to date. Where a migration runs code,
    /// which no script can hold, it is for reading only, says so, and is rolled back where it is executed.
    /// </summary>
    /// <exception cref="InvalidRequestException">The range names an unknown version or goes the other way.</exception>
    /// <exception cref="RefusedException">A Down cannot be evaluated: it is irreversible.</exception>
    /// <exception cref="MigrationFailedException">An Up cannot be evaluated.</exception>
    public string Write(ScriptRange range)
    {
        var migrations = Select(range)
            .ConvertAll(known => (Known: known, Compiled: CompileChosen(known, range)));
        var chosen = migrations.Count(m => m.Compiled is not null);
        var coded = migrations.FindAll(m => m.Compiled is { RunsCode: true });
        var script = new StringBuilder();
        script.Append(
            CultureInfo.InvariantCulture,
            $"""
            -- {range.Direction} for {_words.Database}: {Count.Of(chosen, "migration")}.
            -- It keeps {_dialect.VersionTable.Name}, but not the journal: what it applies is reverted by a binary that knows the migration.

            """
        );
        if (coded.Count > 0)
        {
            script.Append(
                CultureInfo.InvariantCulture,
                $"""
                -- It is NOT COMPLETE and for reading only: code runs in {string.Join(
                    ", ",
                    coded.Select(m => m.Known.Id)
                )}. It ends with ROLLBACK.

                """
            );
        }

        script.Append("BEGIN;\n");
        if (range.Direction == Direction.Up && chosen > 0)
        {
            script.Append(VersionInfoTable.Create(_dialect)).Append('\n');
        }

        foreach (var (known, compiled) in migrations)
        {
            if (compiled is null)
            {
                script.Append(
                    CultureInfo.InvariantCulture,
                    $"\n-- {known.Id}: not chosen, because of its tags.\n"
                );
            }
            else
            {
                Append(script, known, compiled, (range.Direction, IsComplete: coded.Count == 0));
            }
        }

        return script.Append(coded.Count == 0 ? "\nCOMMIT;\n" : "\nROLLBACK;\n").ToString();
    }

    /// <returns><see langword="null"/> for a migration that is not chosen.</returns>
    private MigrationScript? CompileChosen(KnownMigration known, ScriptRange range)
    {
        if (!known.Tags.AreChosenBy(range.Tags))
        {
            return null;
        }

        try
        {
            return _compiler.Compile(known, range.Direction, schema: null);
        }
        catch (MigrationFailedException e) when (range.Direction == Direction.Down)
        {
            throw IrreversibleMigration.Of(known.Id, e);
        }
    }

    private void Append(
        StringBuilder script,
        KnownMigration known,
        MigrationScript compiled,
        (Direction Direction, bool IsComplete) whole
    )
    {
        var direction = whole.Direction;
        script.Append(CultureInfo.InvariantCulture, $"\n-- {known.Id}\n");
        if (compiled.AskedDatabase)
        {
            script.Append(
                "-- It asks the database while it is evaluated; here the answer was always \"no\".\n"
            );
        }

        foreach (var problem in compiled.LeftOut)
        {
            script.Append(CultureInfo.InvariantCulture, $"-- Left out: {problem}.\n");
        }

        if (known.ReadsConnectionString)
        {
            script.Append("-- It may read ConnectionString, which leads nowhere here.\n");
        }

        if (known.Constraints.Count > 0 && direction == Direction.Up)
        {
            script.Append(
                "-- It has a constraint, which is asked when it is applied; here it was taken as met.\n"
            );
        }

        script.Append(
            known.RunsInTransaction ? $"{compiled.Sql}\n"
            : whole.IsComplete
                ? $"COMMIT;\n-- It runs without a transaction.\n{compiled.Sql}\nBEGIN;\n"
            : $"-- It runs without a transaction.\n{compiled.Sql}\n"
        );
        var description = known.Description.Replace("'", "''", StringComparison.Ordinal);
        script.Append(
            direction == Direction.Up
                ? $"INSERT INTO {_dialect.ScriptedVersionTable} ({_dialect.VersionColumns()}) VALUES ({known.Id.Version}, {_words.Now}, '{description}');"
                : $"DELETE FROM {_dialect.ScriptedVersionTable} WHERE {Identifier.Quote(_dialect.VersionTable.VersionColumn)} = {known.Id.Version};"
        );
        script.Append('\n');
    }

    private List<KnownMigration> Select(ScriptRange range)
    {
        RequireKnown(range.From, "--from");
        RequireKnown(range.To, "--to");
        var up = range.Direction == Direction.Up;
        if (range is { From: { } from, To: { } to } && (up ? from > to : from < to))
        {
            throw new InvalidRequestException(
                $"--from {from} and --to {to} do not go {(up ? "up" : "down")}.",
                "Exchange them, or script the other direction."
            );
        }

        var (above, upTo) = up ? (range.From, range.To) : (range.To, range.From);
        var selected = catalog
            .All.Where(known => known.Id.Version > (above ?? 0))
            .Where(known => known.Id.Version <= (upTo ?? long.MaxValue))
            .ToList();
        if (!up)
        {
            selected.Reverse();
        }

        return selected;
    }

    private void RequireKnown(long? version, string option)
    {
        if (version is { } number && catalog.Find(number) is null)
        {
            throw new InvalidRequestException(
                $"{option} {number}: this binary has no such migration.",
                "Run `status` to see the versions that it knows."
            );
        }
    }
}
