using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.History.Definitions;
using Nitejar.Migrations.Engine.History.Journal;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Reading;

/// <summary>Reads a database: its history, its schema, and what migrations ask while they are evaluated.</summary>
public class DatabaseReader : IDisposable
{
    private readonly IReadSession _session;
    private bool _disposed;

    internal DatabaseReader(IReadSession session) => _session = session;

    /// <summary>Answers what migrations ask.</summary>
    public ISchemaQueries Schema => _session.Queries;

    /// <inheritdoc cref="IReadSession.WhyReadOnly"/>
    internal DatabaseUnavailableException? WhyReadOnly => _session.WhyReadOnly;

    /// <inheritdoc cref="IReadSession.ReadRemark"/>
    public string? ReadRemark() => Translate(_ => _session.ReadRemark());

    /// <summary>Refuses what needs a scratch database where none can be made.</summary>
    /// <exception cref="DatabaseUnavailableException">It is a standby, or behind a pooler.</exception>
    internal void RequireScratch()
    {
        if (_session.WhyNoScratch is { } why)
        {
            throw why;
        }
    }

    /// <inheritdoc cref="ISession.IsPooled"/>
    internal bool IsPooled => _session.IsPooled;

    /// <inheritdoc cref="ISession.EngineWithoutRollback"/>
    internal string? EngineWithoutRollback => _session.EngineWithoutRollback;

    /// <summary>Ends the reads, and begins a run over the same connection where that can be; <see langword="null"/> where a run needs one of its own.</summary>
    /// <param name="database">The database that is read.</param>
    /// <param name="settings">How long to wait for what.</param>
    /// <param name="cancellation">Ends the wait, and later the statement that is being executed.</param>
    /// <inheritdoc cref="IDatabase.Begin" path="/exception"/>
    internal IMigrationSession? BeginRun(
        IDatabase database,
        TransactionSettings settings,
        CancellationToken cancellation
    )
    {
        IMigrationSession? run = null;
        if (!_disposed)
        {
            _disposed = true;
            try
            {
                run = database.BeginOver(_session, settings, cancellation);
            }
            finally
            {
                if (run is null)
                {
                    _session.Dispose();
                }
            }
        }

        return run;
    }

    /// <summary>What is applied, in the order of application; empty where nothing ever was.</summary>
    /// <exception cref="RefusedException">The table is not as FluentMigrator makes it; the row is named.</exception>
    /// <exception cref="DatabaseUnavailableException">It has more rows than migrations leave.</exception>
    public IReadOnlyList<AppliedMigration> ReadApplied() => Translate(VersionInfoTable.Read);

    /// <summary>What the journal says of how things stand; empty where there is no journal.</summary>
    /// <exception cref="DatabaseUnavailableException">It has more rows than runs leave.</exception>
    internal JournalState ReadJournalState() => Translate(JournalReader.ReadState);

    /// <summary>Every journal entry, oldest first; empty where there is no journal.</summary>
    /// <exception cref="DatabaseUnavailableException">There are more than a list can show.</exception>
    public IReadOnlyList<JournalEntry> ReadJournal() => Translate(JournalReader.ReadAll);

    /// <summary>The SQL of one journal entry.</summary>
    /// <exception cref="RefusedException">There is no such entry any more.</exception>
    internal JournalSql ReadJournalSql(long journalId) =>
        Translate(session => JournalReader.ReadSql(session, journalId));

    /// <summary>How runs have left the objects that they made or changed, as far as the journal says so.</summary>
    internal RecordedDefinitions ReadRecordedDefinitions() =>
        Translate(JournalReader.ReadDefinitions);

    /// <inheritdoc cref="ITables.ReadDefinitions"/>
    internal IReadOnlyList<ObjectDefinition>? ReadDefinitions() =>
        Translate(session => session.Tables.ReadDefinitions());

    /// <summary>The rows that are archived, oldest first; empty where there are none.</summary>
    /// <exception cref="DatabaseUnavailableException">There are more than any archive holds.</exception>
    public IReadOnlyList<ArchiveEntry> ReadArchives() =>
        Translate(session =>
            VersionArchiveTable.Read(session).Select(archive => archive.Entry).ToArray()
        );

    /// <inheritdoc cref="ISession.Dialect"/>
    internal IDialect Dialect => _session.Dialect;

    /// <summary>Counts what statements would remove with the tables and columns that they drop. Nothing is executed.</summary>
    internal IReadOnlyList<DataLoss> PreviewLosses(IReadOnlyList<Statement> statements) =>
        Translate(session => LossForecast.Of(session, statements));

    /// <summary>SHA-256, lower-case hexadecimal, of how the tables are defined that texts of SQL name, with their indexes, triggers and views; empty where there are none.</summary>
    public string DigestSchema(IReadOnlyList<string> sql) =>
        Translate(_ => _session.DigestSchema(sql));

    /// <summary>All tables but the migrator's own.</summary>
    public DatabaseSchema ReadSchema() => Translate(session => session.Tables.ReadSchema());

    /// <summary>
    /// The statements that make the schema in an empty database of this kind, each with its semicolon, in an order in
    /// which they can be executed.
    /// </summary>
    public IReadOnlyList<string> ReadSchemaScript() => Translate(_ => _session.ReadSchemaScript());

    /// <inheritdoc cref="IReadSession.HasWholeDefinitions"/>
    internal bool HasWholeDefinitions => _session.HasWholeDefinitions;

    /// <summary>Whether any table but the migrator's own has a row.</summary>
    public bool HoldsRows() => Translate(RowCounts.Any);

    /// <summary>Whether one of the statements may remove or change rows that are there, rather than only add.</summary>
    internal bool CanLoseRows(IReadOnlyList<Statement> statements) =>
        Translate(session => RowRisk.Of(session, statements));

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _session.Dispose();
            GC.SuppressFinalize(this);
        }
    }

    /// <inheritdoc cref="IReadSession.Run"/>
    internal T Translate<T>(Func<ISession, T> read) => _session.Translate(() => read(_session));
}
