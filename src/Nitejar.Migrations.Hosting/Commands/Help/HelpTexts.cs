using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Help;

/// <summary>What help says about more than one command.</summary>
internal static class HelpTexts
{
    /// <summary>The exit codes.</summary>
    public const string ExitCodes = """
        0    Done, or nothing to do
        1    A migration failed; the database is as before the run
        2    The command line or the configuration is wrong
        3    `status --check` found pending migrations
        4    A check failed: changed SQL, a stale plan, `verify`, `drift`
        5    The lock was not obtained in time
        6    Refused without a decision, such as whether rows may be lost
        7    The database is unreachable, read-only or not a database
        8    With --target-schemas: some failed, each with a code of its own
        129  Interrupted by SIGHUP; the database is as before the run
        130  Interrupted by SIGINT (Ctrl+C); the same
        143  Interrupted by SIGTERM; the same
        """;

    private const string Server =
        "\nPGHOST, PGUSER, ...         What a connection leaves out, as for psql";

    /// <summary>The environment variables that the program reads.</summary>
    public static string EnvironmentOf(HostedProgram program) =>
        $"""
            {program.ConnectionVariable, -26}  Path, URL or ADO.NET string of the database
            {ConnectionSource.SharedVariable, -26}  The same, where that one is not set
            {ReceiptSubject.Variable, -26}  File that gets the JSON receipt of the last run
            NO_COLOR                    No colours; TERM=dumb does the same
            """
        + (
            program.Drivers.Any(driver => driver.Provider == DatabaseProvider.Postgres)
                ? Server
                : ""
        );

    /// <summary>Where a connection is looked for, in order.</summary>
    /// <param name="program">The program.</param>
    /// <param name="hasDefault">Whether there is a database where nothing names one.</param>
    public static string DatabaseOf(HostedProgram program, bool hasDefault) =>
        $"""
            --connection, --connection-file, --environment
            {program.ConnectionVariable}, {ConnectionSource.SharedVariable}
            the default environment of migrations.json
            """ + (hasDefault ? $"\n{program.DefaultDatabase} in the working directory" : "");
}
