using FluentMigrator;
using FluentMigrator.Expressions;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Generators;
using Microsoft.Extensions.Options;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases;

/// <summary>FluentMigrator's generator for one kind of database, the names by which migrations ask for it, and how texts of SQL end and divide there.</summary>
/// <param name="Generator">Writes the SQL. Usually what the database cannot do is an error for it, not a gap.</param>
/// <param name="DatabaseType">The name that stock FluentMigrator's processor has.</param>
/// <param name="Aliases">Further names that <c>IfDatabase</c> knows it by.</param>
/// <param name="EndOf">Reads how a text of SQL ends.</param>
/// <param name="RemedyFor">What an expression asks for that the database cannot do, and what does it instead; <see langword="null"/> where nothing does.</param>
/// <param name="BatchesOf">Splits a text into what is executed one after the other; usually it stays whole.</param>
internal sealed record SqlGeneration(
    IMigrationGenerator Generator,
    string DatabaseType,
    IList<string> Aliases,
    Func<string, SqlTextEnd> EndOf,
    Func<IMigrationExpression, (string Problem, string NextStep)?> RemedyFor,
    Func<string, IReadOnlyList<string>> BatchesOf
)
{
    /// <summary>Whether stock FluentMigrator asks this kind of database for sequences and defaults; where it does not, the answer is no.</summary>
    public required bool AnswersForSequences { get; init; }

    /// <summary>A connection string of the form that migrations read, which leads nowhere and creates nothing.</summary>
    public required string Nowhere { get; init; }

    /// <summary>How scripts for reviewers are written.</summary>
    public required ScriptWords Script { get; init; }

    /// <summary>Tells what the generator leaves out; <see langword="null"/> where it leaves out nothing.</summary>
    public IMigrationGenerator? Strict { get; init; }

    /// <summary>Returns what is executed in the place of an expression; usually the expression itself.</summary>
    public Func<IMigrationExpression, IMigrationExpression> Replace { get; init; } =
        static expression => expression;

    /// <summary>The options of a generator.</summary>
    public static IOptions<GeneratorOptions> Options(CompatibilityMode compatibility) =>
        new OptionsWrapper<GeneratorOptions>(
            new GeneratorOptions { CompatibilityMode = compatibility }
        );
}
