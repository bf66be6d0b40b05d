using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Sessions;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Backups;

/// <summary>What SQLite's own check of a database has found.</summary>
/// <param name="Damage">What is wrong first; <see langword="null"/> for nothing.</param>
/// <param name="Unchecked">Tables that need something of the application's own to be read, each with what is missing.</param>
internal sealed record SqliteSoundness(string? Damage, IReadOnlyList<string> Unchecked)
{
    /// <summary>What SQLite says where an application registers collations, functions, tokenizers or modules of its own.</summary>
    private static readonly string[] Missing =
    [
        "no such collation sequence",
        "no such function",
        "unknown function",
        "no such tokenizer",
        "unknown tokenizer",
        "no such module",
    ];

    /// <summary>Says what was not checked, in a sentence; <see langword="null"/> where everything was.</summary>
    public string? Warning =>
        Unchecked.Count == 0
            ? null
            : $"Not checked, since only the application has what it takes to read them: {string.Join("; ", Unchecked)}. Every page was copied.";

    /// <summary>Checks every page and what is on it.</summary>
    /// <param name="connection">To the database.</param>
    /// <param name="pragma"><c>quick_check</c> or the longer <c>integrity_check</c>.</param>
    public static SqliteSoundness Of(SqliteConnection connection, string pragma)
    {
        // Rows that break a CHECK are the application's affair; the pages are sound.
        connection.Execute("PRAGMA ignore_check_constraints=ON");
        string? whole;
        try
        {
            whole = Find(connection, $"PRAGMA {pragma}(1)");
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            // A virtual table whose module cannot open it ends the check without a reason.
            var each = OfEachTable(connection, pragma);
            return each.Damage is null && each.Unchecked.Count == 0
                ? new SqliteSoundness(SqliteErrors.Words(e), [])
                : each;
        }

        return whole is not null && IsMissing(whole)
            ? OfEachTable(connection, pragma)
            : new SqliteSoundness(whole, []);
    }

    /// <summary>One table that cannot be read keeps SQLite from checking the others, unless it is asked for each.</summary>
    private static SqliteSoundness OfEachTable(SqliteConnection connection, string pragma)
    {
        var notChecked = new List<string>();
        foreach (
            var table in connection.Query(
                "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
                row => row.GetString(0)
            )
        )
        {
            var found = FindIn(connection, pragma, table);
            if (found is not null && !IsMissing(found))
            {
                return new SqliteSoundness(found, notChecked);
            }

            if (found is not null)
            {
                notChecked.Add($"{table} ({found})");
            }
        }

        return new SqliteSoundness(Damage: null, notChecked);
    }

    private static string? FindIn(SqliteConnection connection, string pragma, string table)
    {
        try
        {
            var quoted = table.Replace("'", "''", StringComparison.Ordinal);
            return Find(connection, $"PRAGMA {pragma}('{quoted}')");
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            return WordsOfMatching(connection, table) ?? SqliteErrors.Words(e);
        }
    }

    /// <summary>Returns why an index of words cannot be searched, which its check does not say; <see langword="null"/> for any other table.</summary>
    private static string? WordsOfMatching(SqliteConnection connection, string table)
    {
        try
        {
            var name = Identifier.Quote(table);
            _ = connection.Any($"SELECT 1 FROM {name} WHERE {name} MATCH 'a'");
            return null;
        }
        catch (SqliteException e)
        {
            return IsMissing(SqliteErrors.Words(e)) ? SqliteErrors.Words(e) : null;
        }
    }

    private static string? Find(SqliteConnection connection, string check)
    {
        try
        {
            var found = connection.Query(check, row => row.GetString(0))[0];
            return found == "ok" ? null : found.ReplaceLineEndings(" ");
        }
        catch (SqliteException e) when (IsMissing(SqliteErrors.Words(e)))
        {
            return SqliteErrors.Words(e);
        }
    }

    private static bool IsMissing(string words) =>
        Missing.Any(missing => words.Contains(missing, StringComparison.Ordinal));
}
