using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Engine.Running.Transactions;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Trust.Replaying;

/// <summary>
/// Applies migrations one after the other in a scratch database, to tell the schema after each of them. Nothing is
/// committed, so that it takes less than a millisecond for a migration.
/// </summary>
internal sealed class SchemaReplay : IDisposable
{
    private readonly IScratchDatabase _place;
    private readonly MigrationTransaction _scratch;
    private readonly MigrationCompiler _compiler;

    private SchemaReplay(IScratchDatabase place, CancellationToken cancellation)
    {
        _place = place;
        _compiler = MigrationCompiler.For(place.Database);
        _scratch = MigrationTransaction.Begin(
            place.Database,
            new TransactionSettings(TimeSpan.Zero, StatementTimeout: null, static (_, _) => { }),
            cancellation
        );
    }

    /// <summary>Begins with an empty database.</summary>
    /// <param name="like">The database whose kind the scratch database has. It need not exist, and is not changed.</param>
    /// <param name="cancellation">Ends the statement that is being executed.</param>
    /// <exception cref="DatabaseUnavailableException">No scratch database can be made.</exception>
    public static SchemaReplay Begin(IDatabase like, CancellationToken cancellation)
    {
        var place = MakePlace(like);
        try
        {
            return new SchemaReplay(place, cancellation);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>Which names are the same to this kind of database.</summary>
    public IEqualityComparer<string> Names => _place.Names;

    /// <summary>Answers questions in the scratch database.</summary>
    public ISchemaQueries Queries => _scratch.Schema;

    /// <summary>Applies the Up of a migration.</summary>
    /// <exception cref="RefusedException">It fails in a database that holds nothing but what was applied before.</exception>
    public void Apply(KnownMigration known)
    {
        try
        {
            var script = _compiler.Compile(known, Direction.Up, _scratch.Schema);
            Execute(known.Id, script, known.RunsInTransaction);
        }
        catch (MigrationFailedException e)
        {
            throw Failed(known.Id, e.InnerException?.Message ?? e.Message, e);
        }
    }

    /// <summary>Executes the SQL of an Up, or that of a whole schema.</summary>
    /// <param name="id">What it belongs to.</param>
    /// <param name="sql">The SQL. It may use no other file, whatever it says.</param>
    /// <exception cref="RefusedException">It fails in a database that holds nothing but what was applied before.</exception>
    public void Execute(MigrationId id, string sql) =>
        Execute(id, MigrationScript.FromStoredSql(sql), runsInTransaction: true);

    /// <summary>Reads what is there by now.</summary>
    public DatabaseSchema ReadSchema() => _scratch.ReadSchema();

    public void Dispose()
    {
        _scratch.Dispose();
        _place.Dispose();
    }

    private void Execute(MigrationId id, MigrationScript script, bool runsInTransaction)
    {
        try
        {
            var statements = new StepStatements(script, _scratch.Dialect);
            _scratch.BeginStep(
                new StepScope(id, Direction.Up, RunId: "", KeepRows: false)
                {
                    CommitsEachStatement = !runsInTransaction,
                },
                statements
            );
            foreach (var operation in statements.Operations)
            {
                if (runsInTransaction)
                {
                    _scratch.Execute(operation);
                }
                else
                {
                    _scratch.ExecuteAlone(operation);
                }
            }

            _ = _scratch.EndStep();
        }
        catch (StatementException e)
        {
            throw Failed(id, e.Message, e);
        }
    }

    private static IScratchDatabase MakePlace(IDatabase like)
    {
        try
        {
            return like.CreateScratch();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnavailableException(
                $"There is no place for a scratch database: {e.Message.TrimEnd('.')}.",
                "Name a folder that this user may write in TMPDIR.",
                e
            );
        }
    }

    private static RefusedException Failed(MigrationId id, string why, Exception cause) =>
        new(
            $"{id} cannot be replayed in an empty database, so what it makes is not known: {why.TrimEnd('.')}.",
            "Correct the migration, so that it works where the migrations before it were applied and no row was added.",
            cause
        );
}
