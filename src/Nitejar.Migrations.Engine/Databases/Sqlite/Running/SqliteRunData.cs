using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Databases.Sqlite.Archives;
using Nitejar.Migrations.Engine.Databases.Sqlite.Archives.Restoring;
using Nitejar.Migrations.Engine.Databases.Sqlite.Guards;
using Nitejar.Migrations.Engine.Databases.Sqlite.History;
using Nitejar.Migrations.Engine.Databases.Sqlite.Schema;
using Nitejar.Migrations.Engine.Databases.Sqlite.Sql;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases.Sqlite.Running;

/// <summary>Watches over the rows of a run: what it takes away, what it must not, and what the archive keeps.</summary>
internal sealed class SqliteRunData(SqliteConnection connection) : IStatementWatcher
{
    private readonly SqliteDataGuard _guard = new(connection);
    private readonly SqliteLosses _losses = new(connection);
    private readonly SqliteClearedReferences _cleared = new(connection);
    private readonly SqliteForeignKeyActions _actions = new(connection);
    private readonly SqliteLooseKeys _keys = new(connection);
    private readonly RowsInTransit _transit = new(
        new WaitingRows(connection),
        new KeptSeeds(connection)
    );
    private EarlierNames? _earlier;
    private SqliteArchiver? _archiver;
    private SqliteArchiveRestorer? _restorer;
    private StepScope? _step;
    private bool? _hasArchive;
    private bool _isUnparked;

    /// <summary>What follows belongs to this step.</summary>
    public void BeginStep(StepScope step, MigrationScript script)
    {
        var statements = new StepStatements(script);
        _step = step;
        _earlier = new EarlierNames(connection);
        _archiver = null;
        _restorer = null;
        if (HasArchive())
        {
            Unpark(step);
        }

        if (step.Direction == Direction.Down)
        {
            BeginDown(step, statements);
        }
        else
        {
            _losses.BeginStep(step.Direction, dropped: []);
            BeginUp(step, statements);
        }

        _actions.BeginStep(statements);
    }

    /// <summary>A transaction has begun within the step.</summary>
    public void TransactionBegan() => _actions.Defer();

    public void Before(SqliteStatement statement)
    {
        _guard.Before(statement, _earlier!);
        if (statement.Kind == StatementKind.Delete && _actions.AreOn)
        {
            // What ON DELETE takes is named by the statement that causes it.
            var reach = DeleteReach.Of(connection, statement.Table!, withActions: true);
            _guard.Name(reach.Tables);
            _cleared.Before(reach.Columns);
        }

        _losses.Before(statement, _earlier!);
        _keys.Before(statement);
        _restorer?.Before(statement);
        _archiver?.Before(statement);
        _earlier!.Before(statement);
    }

    /// <summary>Code is about to run, of which nothing is known.</summary>
    public void BeforeCode()
    {
        _guard.BeforeCode();
        _keys.BeforeCode();
    }

    public void After(SqliteStatement statement, long changes)
    {
        _losses.AddCleared(_cleared.After());
        _losses.After(statement, changes, _earlier!);
        _keys.After(statement);
        _transit.After(statement);
        _earlier!.After(statement);
    }

    public StatementRescue Rescue(SqliteStatement statement, int code) =>
        _restorer is null ? StatementRescue.None
        : _restorer.Excuses(statement, code) ? StatementRescue.PassOver
        : !_actions.AreOn && _restorer.MakesRoom(statement, code) ? StatementRescue.Retry
        : StatementRescue.None;

    /// <summary>Settles what the step archived, or puts back what its Down once did.</summary>
    /// <exception cref="MigrationFailedException">A table that the step rebuilt lacks rows, an index or a trigger.</exception>
    public StepData EndStep()
    {
        _actions.EndStep();
        _guard.EndStep(_step!.Direction);
        return (_archiver, _restorer, _step.KeepRows) switch
        {
            ({ } archiver, _, _) => StepData.None with { Archived = archiver.Finish() },
            (_, { } restorer, true) => Restore(restorer),
            (_, { } restorer, _) => StepData.None with { Discarded = restorer.Discard() },
            _ => StepData.None,
        };
    }

    /// <summary>Compares the data with what it was.</summary>
    /// <returns>What is taken away, and how much of that the archive has.</returns>
    /// <exception cref="MigrationFailedException">A reference dangles that did not, or unnamed rows are gone.</exception>
    public IReadOnlyList<DataLoss> Check()
    {
        _guard.Check();
        var lost = _losses.Read(_guard.RowsBefore);
        var archives = lost.Count == 0 ? [] : EntriesOfRun();
        return [.. lost.Select(loss => loss with { Archived = KeptOf(loss, archives) })];
    }

    /// <summary>Finds foreign keys that lead nowhere since the run.</summary>
    public IReadOnlyList<LooseKey> ReadLooseKeys() => _keys.Read();

    /// <summary>Takes rows out that refer to rows which a later run will put back; whatever else they refer to is left over.</summary>
    public IReadOnlyList<ArchiveEntry> Park() => _step is null ? [] : _transit.Settle(_step.RunId);

    /// <summary>A step without a transaction commits as it goes, and so without them.</summary>
    private void Unpark(StepScope step)
    {
        if (!_isUnparked && !step.CommitsEachStatement)
        {
            _isUnparked = true;
            _guard.Disregard(_transit.Waiting.Unpark());
        }
    }

    private void BeginUp(StepScope step, StepStatements statements)
    {
        if (HasArchive())
        {
            _restorer = new SqliteArchiveRestorer(connection, step, _transit);
            _restorer.Prepare(statements);
        }
    }

    private void BeginDown(StepScope step, StepStatements statements)
    {
        if (HasArchive())
        {
            SupersededArchives.Settle(connection, step);
        }

        var dropped = statements.Mentions("DROP")
            ? StepTables.Of(statements.All, IsTable).Dropped
            : [];
        _losses.BeginStep(step.Direction, dropped);
        if (step.KeepRows)
        {
            _archiver = new SqliteArchiver(connection, step, _earlier!, _actions);
            _archiver.Begin(statements, dropped);
            _hasArchive = true;
        }
    }

    private StepData Restore(SqliteArchiveRestorer restorer)
    {
        var data = restorer.Restore();
        _losses.PutBack(data.Restored);
        return data;
    }

    private bool IsTable(string name) => SqliteTable.Find(connection, name) is not null;

    /// <summary>Asked once a run: most databases have none, and a run may have thousands of steps.</summary>
    private bool HasArchive() => _hasArchive ??= VersionArchiveTable.Exists(connection);

    private ArchiveEntry[] EntriesOfRun() =>
        [
            .. VersionArchiveTable
                .Read(connection)
                .Select(archive => archive.Entry)
                .Where(entry => entry.RunId == _step?.RunId),
        ];

    private static long KeptOf(DataLoss loss, IEnumerable<ArchiveEntry> archives) =>
        Math.Min(
            loss.Rows,
            archives
                .Where(entry =>
                    SqliteNames.Comparer.Equals(entry.Table, loss.Table)
                    && SqliteNames.Comparer.Equals(entry.Column, loss.Column)
                )
                .Sum(entry => entry.Rows)
        );
}
