using Nitejar.Migrations.Engine.Planning;

namespace Nitejar.Migrations.Hosting.Configuration.Json;

/// <summary>The content of a migrations.json.</summary>
/// <param name="File">Its path as given, for messages.</param>
/// <param name="DefaultEnvironment">May be <see langword="null"/>.</param>
/// <param name="Environments">By name.</param>
/// <param name="MigrationsDirectory">As written; relative to the file.</param>
internal sealed record MigrationsJson(
    string File,
    string? DefaultEnvironment,
    IReadOnlyDictionary<string, EnvironmentJson> Environments,
    string? MigrationsDirectory
)
{
    /// <summary>The folder in which the file lies.</summary>
    public string Folder => Path.GetDirectoryName(Path.GetFullPath(File))!;
}

/// <summary>One environment of a migrations.json, as written; everything may be absent.</summary>
/// <param name="Connection">Before its references are expanded.</param>
/// <param name="LockTimeout">How long to wait for the lock.</param>
/// <param name="StatementTimeout">How long a statement or a read may take.</param>
/// <param name="ReceiptDirectory">Relative to the file.</param>
/// <param name="AllowDown">Whether <c>down</c> and <c>redo</c> may run.</param>
/// <param name="Backup">Whether a run that can lose data takes a backup first.</param>
/// <param name="BackupDirectory">Relative to the file.</param>
/// <param name="BackupsToKeep">How many backups stay.</param>
/// <param name="Tags">What chooses among pending migrations with tags.</param>
/// <param name="Transaction">What of a run is committed together.</param>
internal sealed record EnvironmentJson(
    string? Connection = null,
    TimeSpan? LockTimeout = null,
    TimeSpan? StatementTimeout = null,
    string? ReceiptDirectory = null,
    bool? AllowDown = null,
    bool? Backup = null,
    string? BackupDirectory = null,
    int? BackupsToKeep = null,
    IReadOnlyList<string>? Tags = null,
    CommitUnit? Transaction = null
);

/// <summary>The environment that counts for this call.</summary>
/// <param name="Name">Its name.</param>
/// <param name="File">The migrations.json, for messages.</param>
/// <param name="Folder">Where its relative paths start.</param>
/// <param name="Values">As written.</param>
internal sealed record ChosenEnvironment(
    string Name,
    string File,
    string Folder,
    EnvironmentJson Values
)
{
    /// <summary>Before its references are expanded.</summary>
    public string? Connection => Values.Connection;
}
