using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Preparing;

/// <summary>Evaluates each step of a plan once, before any of them is executed.</summary>
internal static class Preparation
{
    /// <summary>What stands for the SQL of an adoption, which executes none.</summary>
    private const string AdoptionText = "-- adopted: its objects are there already";

    /// <summary>Prepares a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="reader">The database as it is before the plan; <see langword="null"/> while it does not exist.</param>
    /// <param name="compiler">Evaluates classes.</param>
    /// <exception cref="RefusedException">A Down cannot be evaluated, for a reason that no earlier step can remove.</exception>
    public static PreparedPlan Of(
        MigrationPlan plan,
        DatabaseReader? reader,
        MigrationCompiler compiler
    )
    {
        var steps = new List<PreparedStep>(plan.Steps.Count);
        foreach (var step in plan.Steps)
        {
            var isAfterOthers = steps.Exists(earlier => !earlier.Step.Adopts);
            steps.Add(step.Adopts ? OfAdoption(step) : Of(step, (reader, isAfterOthers), compiler));
        }

        return new PreparedPlan(plan, steps);
    }

    /// <summary>Prepares a step that may differ, when the steps above it are executed.</summary>
    /// <exception cref="MigrationFailedException">An Up cannot be evaluated.</exception>
    /// <exception cref="RefusedException">A Down cannot: it is irreversible.</exception>
    public static PreparedStep Again(
        PlanStep step,
        DatabaseReader reader,
        MigrationCompiler compiler
    ) => New(step, StepScript.Of(step, reader, compiler), reader, mayDiffer: false);

    private static PreparedStep New(
        PlanStep step,
        MigrationScript script,
        DatabaseReader? reader,
        bool mayDiffer
    ) => new(step, script, new StepStatements(script, reader?.Dialect), mayDiffer);

    /// <summary>Its objects are there: nothing is executed, and what would have made them is compiled when it is recorded.</summary>
    private static PreparedStep OfAdoption(PlanStep step) =>
        New(
            step,
            new MigrationScript([], AdoptionText, AskedDatabase: false),
            reader: null,
            mayDiffer: false
        );

    private static PreparedStep Of(
        PlanStep step,
        (DatabaseReader? Reader, bool IsAfterOthers) database,
        MigrationCompiler compiler
    )
    {
        try
        {
            var script = StepScript.Of(step, database.Reader, compiler);
            return New(
                step,
                script,
                database.Reader,
                mayDiffer: script.AskedDatabase && database.IsAfterOthers
            );
        }
        catch (MigrateException)
            when (database is { IsAfterOthers: true, Reader: not null } && step.Known is not null)
        {
            return WithoutDatabase(step, database.Reader, compiler);
        }
        catch (MigrateException problem) when (step.Direction == Direction.Up)
        {
            return Later(step, problem);
        }
    }

    /// <summary>What a class asks the database may be answered by the steps above it only.</summary>
    private static PreparedStep WithoutDatabase(
        PlanStep step,
        DatabaseReader reader,
        MigrationCompiler compiler
    )
    {
        try
        {
            var script = StepScript.Of(step, reader: null, compiler);
            return New(step, script, reader, mayDiffer: true);
        }
        catch (MigrateException problem) when (step.Direction == Direction.Up)
        {
            return Later(step, problem);
        }
    }

    private static PreparedStep Later(PlanStep step, MigrateException problem) =>
        New(
            step,
            new MigrationScript([], "", AskedDatabase: true),
            reader: null,
            mayDiffer: true
        ) with
        {
            Problem = problem,
        };
}
