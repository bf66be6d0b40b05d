using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Connections;

/// <summary>Which PostgreSQL database, and how it is reached.</summary>
public sealed record PostgresTarget
{
    private const string Public = "public";

    private PostgresTarget(string connectionString, string name)
    {
        ConnectionString = connectionString;
        Name = name;
    }

    /// <summary>What people call it: host, port where it is not 5432, and database. Holds no secret.</summary>
    public string Name { get; private init; }

    /// <summary>The password, to be kept out of all output; <see langword="null"/> where the text has none.</summary>
    public string? Password { get; private init; }

    /// <summary>Returns the password of a connection that is opened, a new one where the server has refused the last; <see langword="null"/> where the text or a file has it.</summary>
    internal Func<bool, string>? AskPassword { get; private init; }

    /// <summary>Whether a run may happen on an engine that has a profile and was not tested.</summary>
    internal bool AllowsUntested { get; init; }

    /// <summary>Whether it can be reached from other machines without a check of the server's certificate.</summary>
    public bool IsUnverified { get; private init; }

    /// <summary>The schema for the migrations: the first of the search path that the connection names, else <c>public</c>.</summary>
    internal string Schema => NamedSchema ?? Public;

    /// <summary>The schema that the connection names; <see langword="null"/> where it names none.</summary>
    internal string? NamedSchema { get; private init; }

    /// <summary>The table of applied versions.</summary>
    internal VersionTable VersionTable { get; init; } = VersionTable.Standard;

    /// <summary>The name of that table where it is in the schema of the migrations; else <see langword="null"/>.</summary>
    internal string? VersionTableInSchema =>
        VersionTable.Schema is null || VersionTable.Schema == Schema ? VersionTable.Name : null;

    private string Database { get; init; } = "";

    /// <summary>What was asked for, without what the program adds. Holds the password.</summary>
    private string Given { get; init; } = "";

    /// <summary>Each with its port; all names of this machine are one.</summary>
    private HashSet<string> Hosts { get; init; } = [];

    /// <summary>Whether the run may only begin on a server that takes writes, by the connection's own words.</summary>
    internal bool HasSeveralHosts { get; private init; }

    /// <summary>For Npgsql, with the settings that a run needs. Holds the password.</summary>
    internal string ConnectionString { get; }

    /// <summary>Adds what every connection of a run needs to what was asked for.</summary>
    internal static PostgresTarget Of(NpgsqlConnectionStringBuilder given, string? schema)
    {
        var builder = new NpgsqlConnectionStringBuilder(given.ConnectionString)
        {
            Pooling = false,
            Enlist = false,
            Multiplexing = false,
            CommandTimeout = 0,
            IncludeFailedBatchedCommand = true,
            IncludeErrorDetail = true,
            PersistSecurityInfo = true,
        };

        // The catalog of types costs more than all that a run with nothing to do needs.
        SetUnlessGiven(given, builder, "Server Compatibility Mode", "NoTypeLoading");

        // A ticket that is not there is looked for in seven libraries and files.
        SetUnlessGiven(given, builder, "GSS Encryption Mode", "Disable");
        var hasSeveralHosts = given.Host!.Contains(',', StringComparison.Ordinal);
        if (!hasSeveralHosts)
        {
            // For one host Npgsql refuses to look at it; the session looks itself.
            builder.Remove("Target Session Attributes");
        }

        // A pooler refuses both as parameters of the start; they are set by SQL.
        var searchPath = builder.SearchPath;
        builder.Remove("Search Path");
        return new PostgresTarget(builder.ConnectionString, NameOf(given))
        {
            Password = given.Password,
            Given = given.ConnectionString,
            Database = given.Database ?? given.Username ?? "",
            Hosts = [.. given.Host.Split(',').Select(host => Normalize(host, given.Port))],
            NamedSchema = schema ?? FirstOf(searchPath),
            HasSeveralHosts = hasSeveralHosts,
            IsUnverified =
                !IsLocal(given.Host)
                && given.SslMode is not (SslMode.VerifyCA or SslMode.VerifyFull),
        };
    }

    /// <summary>Whether both name the same database of the same server, as far as that can be told without a connection.</summary>
    public bool IsSame(PostgresTarget other) =>
        Database == other.Database && Hosts.Overlaps(other.Hosts);

    /// <summary>The same, with a password that is asked for when a connection is opened.</summary>
    /// <param name="ask">Returns it. The argument says that the server has refused the last one, so that a new one is wanted.</param>
    public PostgresTarget WithPasswordFrom(Func<bool, string> ask) =>
        this with
        {
            AskPassword = ask,
        };

    /// <summary>What migrations read as their connection string: as it was given, with the schema of the run.</summary>
    internal MigrationConnection ForMigrations()
    {
        var given = new NpgsqlConnectionStringBuilder(Given);
        if (NamedSchema is { } schema && FirstOf(given.SearchPath) != schema)
        {
            given.SearchPath = Identifier.Quote(schema);
        }

        var text = given.ConnectionString;
        if (Password is not null)
        {
            given.Password = MigrationConnection.Mask;
        }

        return new MigrationConnection(text, Password, given.ConnectionString);
    }

    /// <summary>Another database of the same server, with the same schema.</summary>
    internal PostgresTarget In(string database) =>
        Of(
            new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database },
            NamedSchema
        ) with
        {
            AskPassword = AskPassword,
            AllowsUntested = AllowsUntested,
            VersionTable = VersionTable,
        };

    /// <summary>The same database as far as it is in one schema, which its name says as a URL does.</summary>
    internal PostgresTarget InSchema(string schema) =>
        this with
        {
            Name = $"{Name}?schema={schema.Replace('\n', ' ')}",
            NamedSchema = schema,
        };

    /// <summary>The record's own would print the password.</summary>
    public override string ToString() => Name;

    private static void SetUnlessGiven(
        NpgsqlConnectionStringBuilder given,
        NpgsqlConnectionStringBuilder builder,
        string keyword,
        string value
    )
    {
        if (!given.ShouldSerialize(keyword))
        {
            builder[keyword] = value;
        }
    }

    private static string? FirstOf(string? searchPath) =>
        searchPath?.Split(
            ',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        )
            is [var first, ..]
            ? first.Trim('"')
            : null;

    private static string Normalize(string host, int port)
    {
        if (IsLocal(host))
        {
            host =
                host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[')
                    ? $"localhost{host[host.IndexOf(':', StringComparison.Ordinal)..]}"
                    : "localhost";
        }

        return host.Contains(':', StringComparison.Ordinal) ? host : Invariant($"{host}:{port}");
    }

    private static string NameOf(NpgsqlConnectionStringBuilder given)
    {
        var port = given.Port == NpgsqlConnection.DefaultPort ? "" : Invariant($":{given.Port}");
        return $"{given.Host}{port}/{given.Database ?? given.Username ?? ""}";
    }

    private static bool IsLocal(string host) =>
        host.Split(',')
            .All(one =>
                one.StartsWith('/')
                || one.StartsWith('@')
                || one.Split(':')[0] is "localhost" or "127.0.0.1"
                || one is "::1" or "[::1]"
            );

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
