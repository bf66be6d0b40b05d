using Microsoft.Data.Sqlite;

namespace Nitejar.Migrations.Binary.Tests.Tools;

/// <summary>A working directory of its own, and the programs that are run in it.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly TemporaryFolder _folder = new();

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

    /// <summary>Asks SQLite's own program, which knows nothing of the code under test.</summary>
    public string Sqlite(string file, string sql)
    {
        var result = SqliteProgram(file, sql).Run().Exits(0);
        Assert.That(result.Error, Is.Empty, $"{result}");
        return result.Output.TrimEnd('\n');
    }

    /// <summary>SQLite's own program with SQL to read.</summary>
    public Command SqliteProgram(string file, string sql) =>
        new(Programs.Require("sqlite3"), Folder, "-batch", "-bail", file) { Input = sql };

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

    public void Dispose() => _folder.Dispose();

    private Command Command(string[] arguments) =>
        new(PublishedBinary.ProgramFile, Folder, arguments) { Variables = Variables };
}
