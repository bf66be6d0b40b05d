using System.CommandLine;
using System.CommandLine.Parsing;
using Nitejar.Migrations.Cli.Configuration;

namespace Nitejar.Migrations.Cli.Commands;

/// <summary>The options that say which database, and how long to wait for it.</summary>
internal sealed class DatabaseOptions
{
    private readonly Option<string> _connection = new("--connection", "-c")
    {
        Description = "Path, URL or ADO.NET string of the database",
        HelpName = "CONNECTION",
    };
    private readonly Option<string> _connectionFile = new("--connection-file")
    {
        Description = "File that holds the connection",
        HelpName = "FILE",
    };
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
    private readonly Option<TimeSpan?> _timeout = Duration(
        "--timeout",
        "How long one statement may take (default: no limit)"
    );
    private readonly Option<TimeSpan?> _wait = Duration(
        "--wait",
        "How long to wait until the database answers (default: not at all)"
    );

    /// <summary>Adds them to a command.</summary>
    public DatabaseOptions(Command command)
    {
        command.Add(_connection);
        command.Add(_connectionFile);
        command.Add(_config);
        command.Add(_environment);
        command.Add(_lockTimeout);
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
        );

    /// <summary><c>--config</c>, which <c>new</c> has too.</summary>
    public static Option<string> ConfigFile() =>
        new("--config")
        {
            Description = "Configuration file (default: migrations.json, where there is one)",
            HelpName = "FILE",
        };

    /// <summary>An option that takes a duration.</summary>
    public static Option<TimeSpan?> Duration(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "DURATION",
            CustomParser = argument => ParseDuration(name, argument),
        };

    private static TimeSpan? ParseDuration(string name, ArgumentResult argument)
    {
        var duration = Durations.Parse(argument.Tokens[0].Value);
        if (duration is null)
        {
            argument.AddError($"{name} is no duration. {Durations.Forms}");
        }

        return duration;
    }
}
