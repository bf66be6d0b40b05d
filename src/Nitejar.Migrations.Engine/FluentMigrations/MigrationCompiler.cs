using FluentMigrator;
using FluentMigrator.Exceptions;
using FluentMigrator.Expressions;
using FluentMigrator.Infrastructure;
using FluentMigrator.Runner;
using Microsoft.Extensions.Logging.Abstractions;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.FluentMigrations;

/// <summary>
/// Turns a migration class into the SQL that FluentMigrator would execute, with its conventions and validation but
/// without its runner.
/// </summary>
public sealed class MigrationCompiler
{
    private readonly SqlGeneration _generation;
    private readonly MigrationValidator _validator;

    /// <summary>Writes what is checksummed; <see langword="null"/> where that is the text itself.</summary>
    private readonly MigrationValidator? _canonical;

    private readonly IDatabase? _database;

    /// <summary>Makes a compiler for one kind of database.</summary>
    /// <param name="driver">The kind.</param>
    /// <param name="schema">Where names without a schema belong; <see langword="null"/> for the usual one of the kind. Checksums do not depend on it.</param>
    public MigrationCompiler(IDatabaseDriver driver, string? schema = null)
    {
        _generation = driver.Generation;
        _validator = ValidatorFor(new DefaultConventionSet(schema, workingDirectory: null));
        _canonical = schema is null ? null : ValidatorFor(new DefaultConventionSet());
    }

    private MigrationCompiler(MigrationCompiler other, IDatabase? database)
    {
        _database = database;
        _generation = other._generation;
        _validator = other._validator;
        _canonical = other._canonical;
    }

    /// <summary>Makes the compiler for a database.</summary>
    public static MigrationCompiler For(IDatabase database) =>
        new(new MigrationCompiler(database.Driver, database.Schema), database);

    /// <summary>Evaluates a migration.</summary>
    /// <param name="known">The migration.</param>
    /// <param name="direction">Its Up or its Down.</param>
    /// <param name="schema">Answers its questions; <see langword="null"/> where there is not a database.</param>
    /// <exception cref="MigrationFailedException">The class threw, or FluentMigrator refused what it asks for.</exception>
    public MigrationScript Compile(
        KnownMigration known,
        Direction direction,
        ISchemaQueries? schema
    )
    {
        try
        {
            var connection = ConnectionFor(known);
            var script = Evaluate(known, direction, (schema, _validator, connection));
            RequireNoSecret(known, direction, schema, script.Sql);
            return _canonical is null
                ? script
                : script with
                {
                    CanonicalSql = Evaluate(known, direction, (schema, _canonical, connection)).Sql,
                };
        }
        catch (Exception e) when (e is not MigrateException)
        {
            throw new MigrationFailedException(
                $"{direction} of {known.Id} failed while it was evaluated: {ToWords(e)}",
                e is UnsupportedExpressionException unsupported
                    ? unsupported.NextStep
                    : "Correct the migration class; no SQL of it was executed. --verbose shows where it failed.",
                e
            );
        }
    }

    /// <summary>Evaluates a migration as it would be for a database elsewhere: what depends on the connection is another text.</summary>
    /// <exception cref="MigrationFailedException">As <see cref="Compile"/>.</exception>
    internal MigrationScript CompileElsewhere(
        KnownMigration known,
        Direction direction,
        ISchemaQueries? schema
    ) =>
        _database is null || !known.ReadsConnectionString
            ? Compile(known, direction, schema)
            : new MigrationCompiler(this, database: null).Compile(known, direction, schema);

    /// <summary>Returns what an exception of a migration says, in a form that may be stored.</summary>
    internal string Clean(string message) => Connection?.Clean(message) ?? message;

    /// <summary>What migrations read that ask for it; <see langword="null"/> without a database.</summary>
    private MigrationConnection? Connection => field ??= _database?.Connection;

    private string? ConnectionFor(KnownMigration known) =>
        known.ReadsConnectionString ? Connection?.Text ?? _generation.Nowhere : null;

    /// <exception cref="MigrationFailedException">The text holds the password of the connection.</exception>
    private void RequireNoSecret(
        KnownMigration known,
        Direction direction,
        ISchemaQueries? schema,
        string sql
    )
    {
        if (
            known.ReadsConnectionString
            && Connection is { HasSecret: true } given
            && new WrittenSecret(
                given,
                _generation.Nowhere,
                connection => TryEvaluate(known, direction, (schema, _validator, connection))
            ).IsIn(sql)
        )
        {
            throw new MigrationFailedException(
                $"{direction} of {known.Id} writes the password of the connection into its SQL, which would be shown and stored.",
                "Have the application write it, or Execute.WithConnection, whose statements are not stored."
            );
        }
    }

    private string? TryEvaluate(
        KnownMigration known,
        Direction direction,
        (ISchemaQueries? Schema, MigrationValidator Validator, string? Connection) by
    )
    {
        try
        {
            return Evaluate(known, direction, by).Sql;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return null;
        }
    }

    private static MigrationValidator ValidatorFor(DefaultConventionSet conventions) =>
        new(NullLogger<MigrationValidator>.Instance, conventions, new ExpressionValidator());

    /// <summary>The runtime's own words, such as those for a null reference, say nothing without their kind.</summary>
    private static string ToWords(Exception e) =>
        e is NullReferenceException or KeyNotFoundException or IndexOutOfRangeException
            ? $"{e.GetType().Name}: {e.Message.TrimEnd()}"
            : e.Message.TrimEnd();

    /// <summary>
    /// Whether a comment that never ends may hide statements of a stored text. Earlier releases stored some so; a
    /// comment on the last line hides nothing, as each operation begins on a line of its own.
    /// </summary>
    internal bool HidesStatements(string storedSql)
    {
        var end = _generation.EndOf(storedSql);
        return end.Open == OpenPart.BlockComment && storedSql.AsSpan(end.From).Contains('\n');
    }

    /// <summary>Asks the database what a class has stated as its preconditions.</summary>
    /// <param name="id">The migration.</param>
    /// <param name="script">Its Up.</param>
    /// <param name="schema">The database as it is before the run.</param>
    /// <exception cref="RefusedException">One does not hold.</exception>
    internal void RequirePreconditions(
        MigrationId id,
        MigrationScript script,
        ISchemaQueries schema
    )
    {
        if (script.Preconditions.Count > 0)
        {
            using var processor = new CapturingProcessor(
                _generation,
                schema,
                new MigrationScriptBuilder(_generation)
            );
            Preconditions.Require(id, script, processor);
        }
    }

    private MigrationScript Evaluate(
        KnownMigration known,
        Direction direction,
        (ISchemaQueries? Schema, MigrationValidator Validator, string? Connection) by
    )
    {
        var script = new MigrationScriptBuilder(_generation);
        using var processor = new CapturingProcessor(_generation, by.Schema, script);
        var migration = known.Create();
        var context = new MigrationContext(
            processor,
            new MigrationServices(migration.GetType().Assembly, script.Preconditions),
            by.Connection
        );

        if (direction == Direction.Up)
        {
            migration.GetUpExpressions(context);
        }
        else
        {
            migration.GetDownExpressions(context);
        }

        by.Validator.ApplyConventionsToAndValidateExpressions(migration, context.Expressions);
        foreach (var written in context.Expressions)
        {
            var expression = _generation.Replace(written);
            RowColumns.Require(expression);
            Execute(expression, processor);
            script.NoteLeftOut(LooseExpression.LeftOutOf(expression, _generation));
        }

        return script.Build();
    }

    private void Execute(IMigrationExpression expression, CapturingProcessor processor)
    {
        try
        {
            expression.ExecuteWith(processor);
        }
        catch (DatabaseOperationNotSupportedException e)
            when (_generation.RemedyFor(expression) is { } remedy)
        {
            throw new UnsupportedExpressionException(remedy.Problem + ".", remedy.NextStep, e);
        }
    }
}
