using System.Data.Common;
using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Engine.History;

/// <summary>Reads the enums in the migrator's own tables.</summary>
internal static class StoredWord
{
    /// <summary>What a word of the row stands for. A guess could take a step that was never executed for an applied one.</summary>
    /// <param name="row">A row whose first column is its number.</param>
    /// <param name="column">The place of the word, whose name is the column's.</param>
    /// <param name="table">The table, for people.</param>
    /// <param name="words">The words that are known.</param>
    /// <exception cref="RefusedException">A newer release has written another one, or something else has.</exception>
    public static T Word<T>(this DbDataReader row, int column, string table, StoredWords<T> words)
        where T : struct, Enum => words.Find(row.Text(column)) ?? throw Unknown(row, column, table);

    private static RefusedException Unknown(DbDataReader row, int column, string table)
    {
        var word = row.Text(column) is { } text
            ? $"the word '{BoundedRead.Excerpt(text)}'"
            : "NULL";
        return new(
            $"{table} holds {word} in column {row.GetName(column)} of row {row.GetInt64(0)}, which this program does not know.",
            "Nothing was changed. Use a newer release of the program, such as the one that wrote the row."
        );
    }
}
