using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Sql.Lexing;
using Nitejar.Migrations.Postgres.Sql.Parsing;

namespace Nitejar.Migrations.Postgres.Sql;

/// <summary>
/// Finds what a statement reaches beyond its database or the role of the run: files and programs of the server, other
/// roles and databases. By its words only: what a view or a function that exists does, or a text that is put together, is
/// not seen.
/// </summary>
internal static class PostgresReach
{
    private const int LongestName = 63;

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

    private static readonly Reach SearchPath = new("other schemas, by search_path", IsUndone: true);

    /// <summary>Extensions whose functions begin with their name and connect to other databases.</summary>
    private static readonly string[] Connectors = ["dblink", "postgres_fdw_"];

    /// <summary>What a statement reaches, each thing once; nothing for most. Rows of other schemas are not watched.</summary>
    public static IReadOnlyList<Reach> Of(Statement statement)
    {
        var reached = new List<Reach>();
        foreach (var name in statement.Elsewhere)
        {
            Add(reached, OfObject(name));
        }

        foreach (var held in PostgresCode.StatementsOf(statement.Sql))
        {
            Add(reached, new PostgresTokens(held));
        }

        return reached;
    }

    private static void Add(List<Reach> reached, PostgresTokens tokens)
    {
        Add(reached, OfWords(tokens));
        while (!tokens.AtEnd())
        {
            Add(reached, OfCall(ref tokens));
        }
    }

    private static void Add(List<Reach> reached, Reach? reach)
    {
        if (reach is not null && !reached.Contains(reach))
        {
            reached.Add(reach);
        }
    }

    private static Reach? OfObject(ObjectName name) =>
        name.Schema is PostgresCreate.Temporary ? null : Undone($"{name} in another schema");

    private static Reach? OfWords(PostgresTokens tokens) =>
        tokens.Skip("COPY") ? OfCopy(tokens)
        : tokens.Skip("SET") ? OfSet(tokens)
        : tokens.Skip("ALTER", "SYSTEM") ? Lasting("the settings of the server")
        : tokens.Skip("LOAD") ? Lasting($"the library {tokens.NextValue()}")
        : tokens.Skip("IMPORT", "FOREIGN") ? Undone("tables of another server")
        : tokens.SkipOneOf("GRANT", "REVOKE") ? OfGrant(tokens)
        : tokens.SkipOneOf("CREATE", "ALTER", "DROP") ? OfObject(tokens)
        : null;

    private static Reach Undone(string what) => new(what, IsUndone: true);

    private static Reach Lasting(string what) => new(what, IsUndone: false);

    private static Reach? OfCopy(PostgresTokens tokens)
    {
        tokens.PassCopied();
        return tokens.Skip("PROGRAM") ? Lasting($"the program {tokens.Next()} on the server")
            : tokens.SkipOneOf("STDIN", "STDOUT") ? null
            : Lasting($"the file {tokens.Next()} on the server");
    }

    private static Reach? OfSet(PostgresTokens tokens)
    {
        _ =
            tokens.Skip("LOCAL")
            || (!tokens.Is("SESSION", "AUTHORIZATION") && tokens.Skip("SESSION"));
        if (tokens.SkipOneOf("search_path", "SCHEMA"))
        {
            return SearchPath;
        }

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

    private static Reach? OfRole(string? role) => role is null ? null : Undone($"the role {role}");

    /// <summary>Membership in a role; a right on an object is the database's own.</summary>
    private static Reach? OfGrant(PostgresTokens tokens)
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

    private static Reach? OfObject(PostgresTokens tokens)
    {
        tokens.Skip("OR", "REPLACE");
        var kind =
            tokens.Skip("EXTENSION") ? "the extension"
            : tokens.Skip("SERVER") ? "the foreign server"
            : tokens.Skip("USER", "MAPPING") ? "the password for a foreign server, of"
            : tokens.SkipOneOf("ROLE", "USER", "GROUP") ? "the role"
            : tokens.Skip("FOREIGN", "TABLE") ? "the foreign table"
            : tokens.Skip("FOREIGN", "DATA") && tokens.Skip("WRAPPER") ? "the foreign-data wrapper"
            : null;
        if (kind is not null)
        {
            return Undone($"{kind} {NamedBy(tokens)}");
        }

        // None of them can be part of a transaction.
        var outside =
            tokens.Skip("SUBSCRIPTION") ? "the subscription"
            : tokens.Skip("DATABASE") ? "the database"
            : tokens.Skip("TABLESPACE") ? "the tablespace"
            : null;
        return outside is null ? OfLanguage(tokens) : Lasting($"{outside} {NamedBy(tokens)}");
    }

    private static string? NamedBy(PostgresTokens tokens)
    {
        _ = tokens.SkipIfExists() || tokens.SkipIfNotExists() || tokens.Skip("FOR");
        return tokens.NextValue();
    }

    /// <summary>Code that the server runs with its own rights. That of a library may run as soon as a function is made of it.</summary>
    private static Reach? OfLanguage(PostgresTokens tokens)
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
                ? Lasting($"the server itself, by code in {language}")
                : null;
        }

        return null;
    }

    /// <summary>Reads one word, and what it calls.</summary>
    private static Reach? OfCall(ref PostgresTokens tokens)
    {
        if (tokens.Skip("set_config", "("))
        {
            var setting = tokens.NextValue();
            return setting is "search_path" ? SearchPath
                : setting is "role" or "session_authorization" && tokens.Skip(",")
                    ? OfRole(tokens.NextValue())
                : null;
        }

        var name = tokens.Next();
        return name.Length <= LongestName && tokens.Is("(") && IsReaching(name.ToString())
            ? Lasting($"the function {name}")
            : null;
    }

    private static bool IsReaching(string name) =>
        Functions.Contains(name)
        || Array.Exists(
            Connectors,
            prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        );
}
