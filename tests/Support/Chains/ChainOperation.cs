using System.Text.Json.Serialization;

namespace Nitejar.Tests.Chains;

/// <summary>One thing that an Up does.</summary>
[JsonDerivedType(typeof(CreateTable), nameof(CreateTable))]
[JsonDerivedType(typeof(DropTable), nameof(DropTable))]
[JsonDerivedType(typeof(RenameTable), nameof(RenameTable))]
[JsonDerivedType(typeof(AddColumn), nameof(AddColumn))]
[JsonDerivedType(typeof(RenameColumn), nameof(RenameColumn))]
[JsonDerivedType(typeof(CreateIndex), nameof(CreateIndex))]
[JsonDerivedType(typeof(InsertRows), nameof(InsertRows))]
[JsonDerivedType(typeof(InsertReferring), nameof(InsertReferring))]
[JsonDerivedType(typeof(DeleteRow), nameof(DeleteRow))]
internal abstract record ChainOperation;

/// <summary>Makes a table whose key is a number, <c>id</c>.</summary>
/// <param name="Table">Its name.</param>
/// <param name="HasIdentity">Whether SQLite counts its identifiers (AUTOINCREMENT); else rows name them.</param>
/// <param name="Columns">All but <c>id</c>.</param>
internal sealed record CreateTable(
    string Table,
    bool HasIdentity,
    IReadOnlyList<ChainColumn> Columns
) : ChainOperation;

/// <summary>A column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsText">Text; else a whole number.</param>
/// <param name="Default">What rows get that do not name it; then it is never NULL. <see langword="null"/> for NULL.</param>
/// <param name="Parent">The table whose <c>id</c> it refers to; <see langword="null"/> for none.</param>
internal sealed record ChainColumn(
    string Name,
    bool IsText,
    Cell? Default = null,
    string? Parent = null
);

/// <summary>Drops a table that nothing refers to.</summary>
/// <param name="Table">The table as it is then; the Down makes it again, without rows.</param>
internal sealed record DropTable(CreateTable Table) : ChainOperation;

/// <summary>Renames a table.</summary>
internal sealed record RenameTable(string From, string To) : ChainOperation;

/// <summary>Adds a column.</summary>
internal sealed record AddColumn(string Table, ChainColumn Column) : ChainOperation;

/// <summary>Renames a column.</summary>
internal sealed record RenameColumn(string Table, string From, string To) : ChainOperation;

/// <summary>Makes an index of one column.</summary>
internal sealed record CreateIndex(string Name, string Table, string Column, bool IsUnique)
    : ChainOperation;

/// <summary>Inserts rows. Those that do not name their <c>id</c> get the next one.</summary>
internal sealed record InsertRows(
    string Table,
    IReadOnlyList<IReadOnlyDictionary<string, Cell>> Rows
) : ChainOperation;

/// <summary>Inserts a row that finds its parent by a text of it.</summary>
/// <param name="Table">The table.</param>
/// <param name="Row">All of the row but the reference.</param>
/// <param name="Reference">What finds the parent.</param>
/// <param name="IsStatement">By <c>Execute.Sql</c>, as INSERT ... SELECT; else by a <c>RawSql</c> value.</param>
internal sealed record InsertReferring(
    string Table,
    IReadOnlyDictionary<string, Cell> Row,
    Lookup Reference,
    bool IsStatement
) : ChainOperation;

/// <summary>Finds the <c>id</c> of a row by a text.</summary>
/// <param name="Column">The column that refers to it.</param>
/// <param name="Parent">The table of the row.</param>
/// <param name="ParentColumn">The column of the text.</param>
/// <param name="Text">The text.</param>
internal sealed record Lookup(string Column, string Parent, string ParentColumn, string Text)
{
    /// <summary>The SELECT with which both ways of inserting find it.</summary>
    public string Select(string result) =>
        $"SELECT {result} FROM \"{Parent}\" WHERE \"{ParentColumn}\" = {new Cell(Text).Sql}";
}

/// <summary>Deletes a row by its <c>id</c>; the Down inserts all of it again.</summary>
internal sealed record DeleteRow(string Table, IReadOnlyDictionary<string, Cell> Row)
    : ChainOperation;
