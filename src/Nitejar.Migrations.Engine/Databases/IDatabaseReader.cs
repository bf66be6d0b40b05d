using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Engine.Schemas;

namespace Nitejar.Migrations.Engine.Databases;

/// <summary>Reads a database: its history, its schema, and what migrations ask while they are evaluated.</summary>
public interface IDatabaseReader : IDisposable
{
    /// <summary>Answers what migrations ask.</summary>
    ISchemaQueries Schema { get; }

    /// <summary>What is applied, in the order of application; empty where nothing ever was.</summary>
    /// <exception cref="RefusedException">The table is not as FluentMigrator makes it; the row is named.</exception>
    /// <exception cref="DatabaseUnavailableException">It has more rows than migrations leave.</exception>
    IReadOnlyList<AppliedMigration> ReadApplied();

    /// <summary>What the journal says of how things stand; empty where there is no journal.</summary>
    /// <exception cref="DatabaseUnavailableException">It has more rows than runs leave.</exception>
    internal JournalState ReadJournalState();

    /// <summary>Every journal entry, oldest first; empty where there is no journal.</summary>
    /// <exception cref="DatabaseUnavailableException">There are more than a list can show.</exception>
    IReadOnlyList<JournalEntry> ReadJournal();

    /// <summary>The SQL of one journal entry.</summary>
    /// <exception cref="RefusedException">There is no such entry any more.</exception>
    internal JournalSql ReadJournalSql(long journalId);

    /// <summary>The rows that are archived, oldest first; empty where there are none.</summary>
    /// <exception cref="DatabaseUnavailableException">There are more than any archive holds.</exception>
    IReadOnlyList<ArchiveEntry> ReadArchives();

    /// <summary>Counts what SQL would take away with the tables and columns that it drops. Nothing is executed.</summary>
    IReadOnlyList<DataLoss> PreviewLosses(string sql);

    /// <summary>Finds everything that would stop texts of SQL if they were executed one after the other. Nothing is executed.</summary>
    internal IReadOnlyList<Obstacle> FindObstacles(IReadOnlyList<string> sql);

    /// <summary>SHA-256, lower-case hexadecimal, of how the tables are defined that texts of SQL name, with their indexes, triggers and views; empty where there are none.</summary>
    string DigestSchema(IReadOnlyList<string> sql);

    /// <summary>All tables but the migrator's own.</summary>
    DatabaseSchema ReadSchema();

    /// <summary>
    /// The statements that make the schema in an empty database of this kind, each with its semicolon, in an order in
    /// which they can be executed.
    /// </summary>
    IReadOnlyList<string> ReadSchemaScript();

    /// <summary>Whether any table but the migrator's own has a row.</summary>
    bool HoldsRows();

    /// <summary>Whether one of the texts of SQL may take away or change rows that are there, rather than only add.</summary>
    bool CanLoseRows(IReadOnlyList<string> sql);
}
