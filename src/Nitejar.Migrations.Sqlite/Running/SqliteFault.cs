using Nitejar.Migrations.Engine.Databases.Sql;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Running;

/// <summary>Why a statement failed: from SQLite's code, and from its words where there is none for that.</summary>
internal static class SqliteFault
{
    private static readonly string[] CollisionWords =
    [
        "already exists",
        "there is already",
        "duplicate column name",
    ];

    /// <summary>Reads an error.</summary>
    /// <param name="code">The extended code.</param>
    /// <param name="message">SQLite's words.</param>
    public static StatementFault Of(int code, string message) =>
        code switch
        {
            raw.SQLITE_CONSTRAINT_PRIMARYKEY or raw.SQLITE_CONSTRAINT_ROWID =>
                StatementFault.KeyIsTaken,
            raw.SQLITE_CONSTRAINT_UNIQUE => StatementFault.IsNotUnique,
            _ => Of(message),
        };

    /// <summary>A parent that is missing is no error to SQLite.</summary>
    private static StatementFault Of(string message) =>
        message.StartsWith("no such ", StringComparison.Ordinal) ? StatementFault.ObjectIsMissing
        : Array.Exists(CollisionWords, words => message.Contains(words, StringComparison.Ordinal))
            ? StatementFault.ObjectIsThere
        : StatementFault.Other;
}
