using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.History;

namespace Nitejar.Migrations.Hosting.Process;

/// <summary>The program that hosts the migrations: what it is called, and which databases it knows.</summary>
/// <param name="Name">The name of the command.</param>
/// <param name="Description">A sentence that says what it is for.</param>
/// <param name="Version">Its version.</param>
/// <param name="Drivers">The kinds of database that it supports; the first is meant where nothing says which.</param>
internal sealed record HostedProgram(
    string Name,
    string Description,
    string Version,
    IReadOnlyList<IDatabaseDriver> Drivers
)
{
    /// <summary>The variable of its own that may hold a connection, which wins over <c>DATABASE_URL</c>.</summary>
    public required string ConnectionVariable { get; init; }

    /// <summary>The connection where none is given and the program names none.</summary>
    public const string UsualDatabase = "app.db";

    /// <summary>The connection where none is given.</summary>
    public required string DefaultDatabase { get; init; }

    /// <summary>FluentMigrator's table of applied versions; <see langword="null"/> for the one that the migrations name.</summary>
    public VersionTable? VersionTable { get; init; }

    /// <summary>What receipts say besides.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ReceiptFields { get; init; } = [];

    /// <summary>Reads the migrations of libraries, for the option that names them; <see langword="null"/> where the program knows its own only.</summary>
    public Func<IReadOnlyList<string>, LoadedMigrations>? Libraries { get; init; }

    /// <summary>Returns an environment variable; <see langword="null"/> where it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The program as it is for the migrations of others: what it says of its own does not hold for them.</summary>
    public HostedProgram ForOthers() =>
        this with
        {
            DefaultDatabase = UsualDatabase,
            VersionTable = null,
            ReceiptFields = [],
        };

    /// <summary>Who runs what, for the journal and the receipt.</summary>
    public RunOrigin Origin() => RunOrigin.Current(Version);

    /// <summary>What the texts of connections leave out.</summary>
    /// <param name="folder">Where relative paths start.</param>
    public ConnectionContext ConnectionsIn(string folder) =>
        new(Name, folder, Variable) { VersionTable = VersionTable ?? VersionTable.Standard };
}
