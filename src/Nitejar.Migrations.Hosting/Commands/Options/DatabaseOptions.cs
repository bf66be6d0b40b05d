using System.CommandLine;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Configuration.Values;

namespace Nitejar.Migrations.Hosting.Commands.Options;

/// <summary>The options that say which database, and how long to wait for it.</summary>
internal sealed class DatabaseOptions
{
    private readonly Option<string> _connection = new("--connection", "-c")
    {
        Description = "Path, URL or ADO.NET string of the database",
        HelpName = "CONNECTION",
    };
    private readonly Option<string> _connectionFile = SharedOptions.File(
        "--connection-file",
        "File that holds the connection"
    );
    private readonly Option<string> _passwordCommand = new("--password-command")
    {
        Description = "Shell command that prints the password of a PostgreSQL connection",
        HelpName = "COMMAND",
    };
    private readonly Option<bool> _engineUntested = SharedOptions.Flag(
        "--engine-untested",
        "Also work on CockroachDB, YugabyteDB and Citus, where nothing was tested"
    );
    private readonly Option<string> _config = ConfigFile();
    private readonly Option<string> _environment = new("--environment", "-e")
    {
        Description = "Environment of migrations.json",
        HelpName = "NAME",
    };
    private readonly Option<TimeSpan?> _lockTimeout = Duration(
        "--lock-timeout",
        "How long to wait for the lock (default 30s)"
    );
    private readonly Option<TimeSpan?> _ddlLockTimeout = Duration(
        "--ddl-lock-timeout",
        "How long a statement waits for a table of PostgreSQL before the run begins again (default 1s)"
    );
    private readonly Option<TimeSpan?> _timeout = Duration(
        "--timeout",
        "How long one statement or read may take (default: no limit)"
    );
    private readonly Option<TimeSpan?> _wait = Duration(
        "--wait",
        "How long to wait until the database answers (default: not at all)"
    );

    private readonly Option<string[]>? _tags;

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="tags">Its option for tags, which an environment may set too; <see langword="null"/> where it has none.</param>
    public DatabaseOptions(Command command, Option<string[]>? tags = null)
    {
        _tags = tags;
        command.Add(_connection);
        command.Add(_connectionFile);
        command.Add(_passwordCommand);
        command.Add(_engineUntested);
        command.Add(_config);
        command.Add(_environment);
        command.Add(_lockTimeout);
        command.Add(_ddlLockTimeout);
        command.Add(_timeout);
        command.Add(_wait);
    }

    /// <summary>What was given.</summary>
    public CommonOptions Read(ParseResult parsed) =>
        new(
            parsed.GetValue(_connection),
            parsed.GetValue(_connectionFile),
            parsed.GetValue(_config),
            parsed.GetValue(_environment),
            parsed.GetValue(_lockTimeout),
            parsed.GetValue(_timeout),
            parsed.GetValue(_wait)
        )
        {
            DdlLockTimeout = parsed.GetValue(_ddlLockTimeout),
            AllowsUntestedEngine = parsed.GetValue(_engineUntested),
            PasswordCommand = parsed.GetValue(_passwordCommand),
            Tags = _tags is null ? [] : parsed.GetValue(_tags) ?? [],
        };

    /// <summary>What was given to a command that reverts, replaces and removes nothing, which no migrations.json can forbid.</summary>
    public CommonOptions ReadTolerantly(ParseResult parsed) =>
        Read(parsed) with
        {
            NeedsConfiguration = false,
        };

    /// <summary><c>--config</c>, which <c>new</c> has too.</summary>
    public static Option<string> ConfigFile() =>
        SharedOptions.File(
            "--config",
            "Configuration file (default: migrations.json here or in a folder above)"
        );

    /// <summary>How long ago something was.</summary>
    public static Option<TimeSpan?> Age(string name, string description) =>
        Time(name, description, text => (Durations.ParseAge(text), Durations.FormsOfAges));

    private static Option<TimeSpan?> Duration(string name, string description) =>
        Time(name, description, text => (Durations.Parse(text), Durations.Forms));

    private static Option<TimeSpan?> Time(
        string name,
        string description,
        Func<string, (TimeSpan? Time, string Forms)> parse
    ) =>
        new(name)
        {
            Description = description,
            HelpName = "DURATION",
            CustomParser = argument =>
            {
                var (time, forms) = parse(argument.Tokens[0].Value);
                if (time is null)
                {
                    argument.AddError($"{name} is not a duration. {forms}");
                }

                return time;
            },
        };
}
