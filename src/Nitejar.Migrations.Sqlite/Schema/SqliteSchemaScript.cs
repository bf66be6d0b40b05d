using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Sql;

namespace Nitejar.Migrations.Sqlite.Schema;

/// <summary>Writes the SQL that makes a schema in an empty database, from the statements that SQLite has kept.</summary>
internal static class SqliteSchemaScript
{
    /// <summary>
    /// Returns the statements, each with its semicolon, in an order in which they can be executed. Leaves out the tables
    /// that a virtual table makes by itself; where SQLite cannot tell which they are, a comment says so.
    /// </summary>
    /// <exception cref="RefusedException">A table has the name of a function that would be asked here.</exception>
    public static IReadOnlyList<string> Read(SqliteConnection connection, string versionTable)
    {
        var objects = SqliteSchemaReader.ReadObjects(connection, versionTable);
        var virtualTables = objects.Tables.FindAll(table => table.IsVirtualTable);
        var shadows = SqliteVirtualTable.ReadShadows(connection, virtualTables);
        var notes = virtualTables
            .Select(table => (table.Name, SqliteVirtualTable.Read(connection, table).Unreadable))
            .Where(table => table.Unreadable is not null)
            .ToDictionary(table => table.Name, table => table.Unreadable!);
        var script = new List<string>();
        var triggers = new List<string>();
        foreach (var table in objects.Tables)
        {
            if (shadows.Contains(table.Name) || notes.Keys.Any(name => MayHaveMade(name, table)))
            {
                continue;
            }

            var note = notes.TryGetValue(table.Name, out var why) ? NoteOn(table.Name, why) : "";
            script.Add(note + End(table.Sql));
            script.AddRange(objects.IndexesOf(table.Name).ConvertAll(index => End(index.Sql)));
            triggers.AddRange(objects.TriggersOf(table.Name).ConvertAll(t => End(t.Sql)));
        }

        foreach (var view in objects.Views)
        {
            script.Add(End(view.Sql));
            triggers.AddRange(objects.TriggersOf(view.Name).ConvertAll(t => End(t.Sql)));
        }

        return [.. script, .. triggers];
    }

    /// <summary>Guesses by its name whether an unreadable virtual table made the other one.</summary>
    private static bool MayHaveMade(string unreadable, SqliteObject other) =>
        other.Name.StartsWith(unreadable + "_", StringComparison.OrdinalIgnoreCase);

    private static string NoteOn(string table, string why) =>
        $"-- {OneLine(table)} cannot be read here: {OneLine(why)}. It makes tables of its own, so those whose names begin with {OneLine(table)}_ are left out.\n";

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    /// <summary>Returns the statement with a semicolon that no comment hides.</summary>
    private static string End(string sql) =>
        EndOf(sql) switch
        {
            OpenPart.LineComment => sql + "\n;",
            OpenPart.BlockComment => sql + "*/;",
            OpenPart.None or OpenPart.Quote => sql + ";",
            _ => throw new ArgumentOutOfRangeException(nameof(sql)),
        };

    private static OpenPart EndOf(string sql) =>
        sql.Contains("--", StringComparison.Ordinal) || sql.Contains("/*", StringComparison.Ordinal)
            ? SqliteTextEnd.Of(sql).Open
            : OpenPart.None;
}
