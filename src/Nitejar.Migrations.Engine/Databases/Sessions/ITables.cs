using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.History.Definitions;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases.Sessions;

/// <summary>What the database says of its tables at the moment. Temporary tables are none of them.</summary>
internal interface ITables
{
    /// <summary>The tables with rows of applications: neither the database's own nor the migrator's, nor what a module keeps.</summary>
    IReadOnlyList<string> ReadNames();

    /// <summary>What moving rows depends on; <see langword="null"/> where there is no such table.</summary>
    StoredTable? Find(string table);

    /// <summary>Whether there is this table. Asked for every statement, so without a look through the whole schema.</summary>
    bool Exists(string table);

    /// <summary>Every object that has a name, the migrator's own included.</summary>
    IReadOnlyList<NamedObject> ReadObjects();

    /// <summary>
    /// How the tables, views, indexes and triggers are defined, but those of the migrator's own tables and of the database
    /// itself, in one query that waits for no other session; <see langword="null"/> where that cannot be told, or not now.
    /// </summary>
    IReadOnlyList<ObjectDefinition>? ReadDefinitions() => null;

    /// <summary>Whether statements that name this table mean a temporary one.</summary>
    bool IsHidden(string table);

    /// <summary>A table as the model has it; <see langword="null"/> where there is no such table.</summary>
    Table? Read(string table);

    /// <summary>All tables and views but the migrator's own.</summary>
    DatabaseSchema ReadSchema();

    /// <summary>The foreign keys of all tables that change or delete rows with their parent.</summary>
    IReadOnlyList<DeleteAction> ReadDeleteActions();

    /// <summary>
    /// The locks that statements take of tables which are there and keep others out until the transaction ends, as far as
    /// their words tell; a table may come more than once. Empty where the kind has one lock for the whole database.
    /// </summary>
    IReadOnlyList<TableLock> ReadLocks(IEnumerable<Statement> statements) => [];

    /// <summary>Whether an INSERT may change or remove other rows: by a trigger, or by a constraint that replaces them.</summary>
    bool MayReplaceRows();
}

/// <summary>An object of a database.</summary>
/// <param name="Kind">What makes it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Table">The table that takes it along when it is dropped; its own name for a table or a view.</param>
internal sealed record NamedObject(EffectKind Kind, string Name, string Table);

/// <summary>What a foreign key does to a row whose parent is deleted.</summary>
/// <param name="Child">The table that refers.</param>
/// <param name="Column">Its column.</param>
/// <param name="Parent">The table it refers to.</param>
/// <param name="Cascades">Whether the row is deleted; else its column is set to NULL or to its default.</param>
internal sealed record DeleteAction(string Child, string Column, string Parent, bool Cascades);
