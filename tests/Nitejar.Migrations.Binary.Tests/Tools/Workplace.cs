using Microsoft.Data.Sqlite;

namespace Nitejar.Migrations.Binary.Tests.Tools;

/// <summary>A working directory of its own, and the programs that are run in it.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _traces = new();

    public string Folder => _folder.Path;

    /// <summary>The environment of the binary, and all of it.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>The path of an entry, which need not exist.</summary>
    public string this[string name] => _folder[name];

    /// <summary>Names of all files and folders below, sorted.</summary>
    public IEnumerable<string> Files =>
        Directory
            .EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path))
            .Order(StringComparer.Ordinal);

    /// <summary>Runs the binary.</summary>
    public CommandResult Run(params string[] arguments) => Command(arguments).Run();

    /// <summary>Starts the binary.</summary>
    public RunningCommand Start(params string[] arguments) => Command(arguments).Start();

    /// <summary>Starts the binary on a terminal, where somebody will <see cref="RunningCommand.Type"/>.</summary>
    public RunningCommand StartOnTerminal(params string[] arguments)
    {
        var call = PseudoTerminal.CallOf([PublishedBinary.ProgramFile, .. arguments]);
        return new Command(call[0], Folder, call[1..])
        {
            Variables = new Dictionary<string, string>(Variables.Concat(PseudoTerminal.Variables)),
            Input = null,
        }.Start();
    }

    /// <summary>
    /// Starts the binary and returns when it has stopped at one of its calls to the kernel: a point that neither a fast
    /// nor a busy machine can miss. SIGCONT makes it go on.
    /// </summary>
    /// <param name="calls">Which calls, separated by commas.</param>
    /// <param name="number">The how manyth of them in its thread, from 1.</param>
    /// <param name="arguments">Of the binary.</param>
    public Task<RunningCommand> StartAndStop(string calls, int number, params string[] arguments) =>
        StartUntil("--- stopped by SIGSTOP ---", $"{calls}:signal=STOP:when={number}", arguments);

    /// <summary>Starts the binary and returns when it is in the first of these calls, which takes four seconds.</summary>
    public Task<RunningCommand> StartAndDelay(string call, params string[] arguments) =>
        StartUntil($" {call}(", $"{call}:delay_enter=4s:when=1", arguments);

    /// <summary>The binary, one of whose calls takes so many seconds longer.</summary>
    public Command DelayedAt(string call, int seconds, params string[] arguments) =>
        Traced($"{call}:delay_enter={seconds}s:when=1", "/dev/null", arguments);

    /// <summary>The binary, killed when one of its calls has been made.</summary>
    public Command KilledAt(string call, int number, params string[] arguments) =>
        Traced($"{call}:signal=KILL:when={number}", "/dev/null", arguments);

    /// <summary>Asks SQLite's own program, which knows nothing of the code under test.</summary>
    public string Sqlite(string file, string sql)
    {
        var result = SqliteProgram(file, sql).Run().Exits(0);
        Assert.That(result.Error, Is.Empty, $"{result}");
        return result.Output.TrimEnd('\n');
    }

    /// <summary>SQLite's own program with SQL to read.</summary>
    public Command SqliteProgram(string file, string? sql) =>
        new(Programs.Require("sqlite3"), Folder, "-batch", "-bail", file) { Input = sql };

    /// <summary>SQLite's own program, once it has executed the SQL; it keeps its locks until it is disposed.</summary>
    public async Task<RunningCommand> Hold(string file, string sql)
    {
        var holder = SqliteProgram(file, sql: null).Start();
        holder.Type($"{sql}\n.shell echo held >&2\n");
        await holder.WaitForErrorLine("held");
        return holder;
    }

    /// <summary>All that a database holds, as SQL.</summary>
    public string Dump(string file) => Sqlite(file, ".dump");

    /// <summary>What the schema table says of the user's objects.</summary>
    public string Objects(string file) =>
        Sqlite(
            file,
            """
            SELECT type, name, tbl_name, sql FROM sqlite_master
            WHERE name NOT LIKE 'sqlite_%' AND tbl_name NOT LIKE 'Version%' ORDER BY name;
            """
        );

    /// <summary>Takes the lock that a writer takes; it is free again when disposed.</summary>
    public SqliteConnection HoldLock(string file)
    {
        var connection = new SqliteConnection($"Data Source={this[file]};Pooling=False");
        connection.Open();
        using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Writes a file.</summary>
    public void Write(string name, string content) => File.WriteAllText(this[name], content);

    public void Dispose()
    {
        _folder.Dispose();
        _traces.Dispose();
    }

    /// <summary>The tracer is not the parent, so that the process that was started is the binary.</summary>
    private Command Traced(string disturbance, string trace, string[] arguments) =>
        new(
            Programs.Require("strace"),
            Folder,
            [
                "-D",
                "-f",
                "-qq",
                "-o",
                trace,
                "-e",
                $"trace={disturbance.Split(':')[0]}",
                "-e",
                $"inject={disturbance}",
                PublishedBinary.ProgramFile,
                .. arguments,
            ]
        )
        {
            Variables = Variables,
        };

    private async Task<RunningCommand> StartUntil(
        string traced,
        string disturbance,
        string[] arguments
    )
    {
        var trace = _traces[$"{Guid.NewGuid():N}"];
        var program = Traced(disturbance, trace, arguments).Start();
        var end = program.WaitForEndAsync();
        while (!File.Exists(trace) || !(await File.ReadAllTextAsync(trace)).Contains(traced))
        {
            Assert.That(end.IsCompleted, Is.False, $"ended before {disturbance}");
            await Task.Delay(5);
        }

        return program;
    }

    private Command Command(string[] arguments) =>
        new(PublishedBinary.ProgramFile, Folder, arguments) { Variables = Variables };
}
