using Nitejar.Migrations.Engine.Databases.Postgres.Sql.Lexing;

namespace Nitejar.Migrations.Engine.Databases.Postgres.Sql;

/// <summary>
/// Finds what a statement reaches beyond its database or the role of the run: files and programs of the server, other
/// roles and databases. By its words only: what a view or a function that exists does, or a text that is put together, is
/// not seen.
/// </summary>
internal static class PostgresReach
{
    private static readonly HashSet<string> Functions = new(StringComparer.OrdinalIgnoreCase)
    {
        "lo_export",
        "lo_import",
        "pg_cancel_backend",
        "pg_current_logfile",
        "pg_file_rename",
        "pg_file_sync",
        "pg_file_unlink",
        "pg_file_write",
        "pg_logdir_ls",
        "pg_ls_archive_statusdir",
        "pg_ls_dir",
        "pg_ls_logdir",
        "pg_ls_tmpdir",
        "pg_ls_waldir",
        "pg_promote",
        "pg_read_binary_file",
        "pg_read_file",
        "pg_reload_conf",
        "pg_rotate_logfile",
        "pg_stat_file",
        "pg_switch_wal",
        "pg_terminate_backend",
    };

    /// <summary>Extensions whose functions begin with their name and connect to other databases.</summary>
    private static readonly string[] Connectors = ["dblink", "postgres_fdw_"];

    /// <summary>What it reaches, each as a part of a sentence; empty for most.</summary>
    public static IReadOnlyList<string> Of(string sql)
    {
        var reached = new List<string>();
        foreach (var statement in PostgresCode.StatementsOf(sql))
        {
            var tokens = new PostgresTokens(statement);
            if (OfWords(tokens) is { } what && !reached.Contains(what))
            {
                reached.Add(what);
            }

            AddCalled(tokens, reached);
        }

        return reached;
    }

    private static string? OfWords(PostgresTokens tokens) =>
        tokens.Skip("COPY") ? OfCopy(tokens)
        : tokens.Skip("SET") ? OfSet(tokens)
        : tokens.Skip("ALTER", "SYSTEM") ? "the settings of the server"
        : tokens.Skip("LOAD") ? $"the library {tokens.NextValue()}"
        : tokens.Skip("IMPORT", "FOREIGN") ? "tables of another server"
        : tokens.SkipOneOf("GRANT", "REVOKE") ? OfGrant(tokens)
        : tokens.SkipOneOf("CREATE", "ALTER", "DROP") ? OfObject(tokens)
        : null;

    private static string? OfCopy(PostgresTokens tokens)
    {
        tokens.PassCopied();
        return tokens.Skip("PROGRAM") ? $"the program {tokens.Next()} on the server"
            : tokens.SkipOneOf("STDIN", "STDOUT") ? null
            : $"the file {tokens.Next()} on the server";
    }

    private static string? OfSet(PostgresTokens tokens)
    {
        _ =
            tokens.Skip("LOCAL")
            || (!tokens.Is("SESSION", "AUTHORIZATION") && tokens.Skip("SESSION"));
        if (
            !tokens.SkipOneOf("ROLE", "session_authorization")
            && !tokens.Skip("SESSION", "AUTHORIZATION")
        )
        {
            return null;
        }

        _ = tokens.SkipOneOf("TO", "=");
        return OfRole(tokens.NextValue());
    }

    private static string? OfRole(string? role) => role is null ? null : $"the role {role}";

    /// <summary>Membership in a role; a right on an object is the database's own.</summary>
    private static string? OfGrant(PostgresTokens tokens)
    {
        var role = tokens.NextName();
        while (!tokens.AtEnd())
        {
            if (tokens.Skip("ON"))
            {
                return null;
            }

            tokens.Pass();
        }

        return OfRole(role);
    }

    private static string? OfObject(PostgresTokens tokens)
    {
        tokens.Skip("OR", "REPLACE");
        var kind =
            tokens.Skip("EXTENSION") ? "the extension"
            : tokens.Skip("SERVER") ? "the foreign server"
            : tokens.Skip("SUBSCRIPTION") ? "the subscription"
            : tokens.Skip("DATABASE") ? "the database"
            : tokens.Skip("TABLESPACE") ? "the tablespace"
            : tokens.Skip("USER", "MAPPING") ? "the password for a foreign server, of"
            : tokens.SkipOneOf("ROLE", "USER", "GROUP") ? "the role"
            : tokens.Skip("FOREIGN", "TABLE") ? "the foreign table"
            : tokens.Skip("FOREIGN", "DATA") && tokens.Skip("WRAPPER") ? "the foreign-data wrapper"
            : null;
        if (kind is null)
        {
            return OfLanguage(tokens);
        }

        _ = tokens.SkipIfExists() || tokens.SkipIfNotExists() || tokens.Skip("FOR");
        return $"{kind} {tokens.NextValue()}";
    }

    /// <summary>Code that the server runs with its own rights.</summary>
    private static string? OfLanguage(PostgresTokens tokens)
    {
        if (!tokens.SkipOneOf("FUNCTION", "PROCEDURE"))
        {
            return null;
        }

        while (!tokens.AtEnd())
        {
            if (!tokens.Skip("LANGUAGE"))
            {
                tokens.Pass();
                continue;
            }

            var language = tokens.NextValue();
            return language is "c" or "internal" || language?.EndsWith('u') == true
                ? $"the server itself, by code in {language}"
                : null;
        }

        return null;
    }

    private static void AddCalled(PostgresTokens tokens, List<string> reached)
    {
        while (!tokens.AtEnd())
        {
            if (tokens.Skip("set_config", "("))
            {
                if (tokens.NextValue() is "role" or "session_authorization" && tokens.Skip(","))
                {
                    reached.Add($"the role {tokens.NextValue()}");
                }

                continue;
            }

            var name = tokens.Next();
            if (tokens.Is("(") && IsReaching(name.ToString()))
            {
                reached.Add($"the function {name}");
            }
        }
    }

    private static bool IsReaching(string name) =>
        Functions.Contains(name)
        || Array.Exists(
            Connectors,
            prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        );
}
