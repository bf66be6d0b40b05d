using FluentMigrator.Exceptions;
using FluentMigrator.Expressions;
using Nitejar.Migrations.Engine.Databases;

namespace Nitejar.Migrations.Engine.FluentMigrations;

/// <summary>Tells what a loose generator leaves out without a word.</summary>
internal static class LooseExpression
{
    /// <summary>Returns what a strict generator says of the expression; <see langword="null"/> where it does all of it.</summary>
    public static string? LeftOutOf(IMigrationExpression expression, SqlGeneration generation)
    {
        if (generation.Strict is not { } strict)
        {
            return null;
        }

        using var processor = new CapturingProcessor(
            generation with
            {
                Generator = strict,
            },
            schema: null,
            new MigrationScriptBuilder(generation)
        );
        try
        {
            expression.ExecuteWith(processor);
            return null;
        }
        catch (DatabaseOperationNotSupportedException e)
        {
            return generation.RemedyFor(expression)?.Problem ?? e.Message;
        }
    }
}
