using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Sqlite.Sql;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Running;

/// <summary>
/// Keeps the SQL of migrations inside their database file: the user who runs a migrator may have more rights than one who can
/// write the stored SQL. No other file is attached or written, and no pragma moves files or switches protections off.
/// A class that needs such a thing says so in its SQL; stored SQL cannot.
/// </summary>
internal sealed class SqliteRestrictions
{
    private const int SomeFiles = 10;

    private static readonly string[] Files = ["temp_store_directory", "data_store_directory"];
    private static readonly string[] Trust = ["writable_schema", "trusted_schema"];
    private static readonly string[] Off = ["off", "0", "no", "false"];

    private readonly sqlite3 _database;

    /// <summary>Restricts a connection.</summary>
    public SqliteRestrictions(SqliteConnection connection)
    {
        _database = connection.Handle!;
        AllowFiles(0);
    }

    /// <summary>Why a statement must not be executed; <see langword="null"/> for most.</summary>
    /// <remarks>For a clear message: SQLite would refuse to attach a file as well, in its own words.</remarks>
    public static string? FindViolation(string sql)
    {
        var tokens = new SqliteTokens(sql);
        tokens.SkipEmptyStatements();
        return tokens.Next().ToUpperInvariant() switch
        {
            "ATTACH" or "DETACH" => "a migration must not use other database files",
            "VACUUM" when !IsPlainVacuum(tokens) => "a migration must not write other files",
            _ => null,
        };
    }

    /// <summary>Executes SQL under the restrictions, or without them.</summary>
    /// <param name="sql">The SQL.</param>
    /// <param name="isUnrestricted">Whether its class has said that it needs more.</param>
    /// <param name="execute">Executes it.</param>
    public void Execute(string sql, bool isUnrestricted, Action execute)
    {
        // SQLite executes most pragmas while it prepares them, so that reading the statement afterwards is too late.
        var isWatched =
            !isUnrestricted && sql.Contains("PRAGMA", StringComparison.OrdinalIgnoreCase);
        var tokens = new SqliteTokens(sql);
        tokens.SkipEmptyStatements();
        var needsFiles = isUnrestricted || (tokens.Skip("VACUUM") && IsPlainVacuum(tokens));
        try
        {
            if (isWatched)
            {
                _ = raw.sqlite3_set_authorizer(_database, Authorize, null);
            }

            if (needsFiles)
            {
                AllowFiles(SomeFiles);
            }

            execute();
        }
        finally
        {
            if (isWatched)
            {
                _ = raw.sqlite3_set_authorizer(_database, (strdelegate_authorizer?)null, null);
            }

            if (needsFiles && !isUnrestricted)
            {
                AllowFiles(0);
            }
        }
    }

    /// <summary>Restricts again what a class has used: a file that it has attached stays until it detaches it.</summary>
    public void EndStep() => AllowFiles(0);

    /// <summary><c>VACUUM</c>, perhaps with the name of a schema, which SQLite does with a temporary file attached; from behind its first word.</summary>
    private static bool IsPlainVacuum(SqliteTokens tokens)
    {
        tokens.Skip(";");
        if (tokens.AtEnd())
        {
            return true;
        }

        if (tokens.Skip("INTO"))
        {
            return false;
        }

        tokens.Pass();
        tokens.Skip(";");
        return tokens.AtEnd();
    }

    private void AllowFiles(int count) =>
        _ = raw.sqlite3_limit(_database, raw.SQLITE_LIMIT_ATTACHED, count);

    private static int Authorize(
        object? user,
        int action,
        string? name,
        string? value,
        string? schema,
        string? trigger
    ) =>
        action == raw.SQLITE_PRAGMA && IsForbidden(name ?? "", value)
            ? raw.SQLITE_DENY
            : raw.SQLITE_OK;

    private static bool IsForbidden(string pragma, string? value)
    {
        bool Is(params ReadOnlySpan<string> names) =>
            names.Contains(pragma, StringComparer.OrdinalIgnoreCase);
        bool Has(params ReadOnlySpan<string> values) =>
            value is not null && values.Contains(value, StringComparer.OrdinalIgnoreCase);

        return Is(Files)
            || (Is(Trust) && value is not null)
            || (Is("journal_mode") && Has("off", "memory"))
            || (Is("synchronous", "cell_size_check") && Has(Off));
    }
}
