using System.Diagnostics;
using System.IO.Enumeration;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;

namespace Nitejar.Migrations.Faults.Tests.Harness.Sites;

/// <summary>A working directory of its own, in which the program meets a fault.</summary>
internal sealed class Site : IDisposable
{
    /// <summary>No run takes as long, however busy the machine is; a lock that is waited for must have been released.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>How often a run that must end in time is tried before it counts as late: the machine may be busy.</summary>
    public const int Attempts = 5;

    private readonly MigrateProgram _program;
    private readonly TemporaryFolder _root = new();

    public Site(MigrateProgram program)
    {
        _program = program;
        Directory.CreateDirectory(Folder);
    }

    /// <summary>Whether the program has to keep its promises on time.</summary>
    public bool IsTimed { get; init; }

    public string Folder => _root["work"];

    /// <summary>The database that nearly every case is about.</summary>
    public string Database => this["x.db"];

    /// <summary>The environment of the program, and all of it.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>The path of an entry, which need not exist.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Names of all files and folders below, sorted. Links are not followed.</summary>
    public IReadOnlyList<string> Files =>
        [
            .. new FileSystemEnumerable<string>(
                Folder,
                (ref entry) => Path.GetRelativePath(Folder, entry.ToFullPath()),
                new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }
            )
            {
                ShouldRecursePredicate = (ref entry) =>
                    !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            }.Order(StringComparer.Ordinal),
        ];

    /// <summary>A path beside the working directory.</summary>
    public string Outside(string name) => _root[name];

    /// <summary>Runs the program.</summary>
    public CommandResult Run(params string[] arguments) => Command([], arguments).Run();

    /// <summary>Runs the program, which must end.</summary>
    public CommandResult RunToItsEnd(params string[] arguments)
    {
        try
        {
            return Run(arguments);
        }
        catch (TimeoutException e)
        {
            throw new FaultFound($"hangs: {e.Message}");
        }
    }

    /// <summary>Runs the program, which must end in time, and may be run again for that.</summary>
    public CommandResult RunWithin(TimeSpan limit, params string[] arguments)
    {
        for (var attempt = 1; ; attempt++)
        {
            var clock = Stopwatch.StartNew();
            var result = RunToItsEnd(arguments);
            if (clock.Elapsed < limit || !IsTimed)
            {
                return result;
            }

            Require.That(attempt < Attempts, $"took {clock.Elapsed.TotalSeconds:0.0} s: {result}");
        }
    }

    /// <summary>Starts the program.</summary>
    public RunningCommand Start(params string[] arguments) => Command([], arguments).Start();

    /// <summary>Starts the program on a terminal, where somebody will <see cref="RunningCommand.Type"/>.</summary>
    public RunningCommand StartOnTerminal(params string[] arguments)
    {
        var call = PseudoTerminal.CallOf(_program.CallOf(arguments));
        return new Command(call[0], Folder, call[1..])
        {
            Variables = new Dictionary<string, string>(
                Variables.Concat(_program.Variables).Concat(PseudoTerminal.Variables)
            ),
            Input = null,
            Timeout = Patience,
        }.Start();
    }

    /// <summary>The program, called by another one: a tracer, a shell, a switch of users.</summary>
    public Command Command(
        IReadOnlyList<string> wrapper,
        IEnumerable<string> arguments,
        TimeSpan? timeout = null
    )
    {
        string[] call = [.. wrapper, .. _program.CallOf(arguments)];
        return new Command(call[0], Folder, call[1..])
        {
            Variables = new Dictionary<string, string>(Variables.Concat(_program.Variables)),
            Timeout = timeout ?? Patience,
        };
    }

    /// <summary>Opens the database as another application would.</summary>
    public SqliteConnection Open() => Sql.Open(Database);

    /// <summary>Executes SQL as another application would.</summary>
    public void Execute(string sql)
    {
        using var connection = Open();
        connection.Run(sql);
    }

    /// <summary>Puts a sample database there.</summary>
    public void Place(byte[]? sample)
    {
        if (sample is not null)
        {
            File.WriteAllBytes(Database, sample);
        }
    }

    /// <summary>Nobody is left who holds the lock.</summary>
    public void RequireLockFree()
    {
        if (File.Exists(Database))
        {
            using var connection = Open();
            connection.Run("BEGIN IMMEDIATE; ROLLBACK;");
        }
    }

    public void Dispose() => _root.Dispose();
}
