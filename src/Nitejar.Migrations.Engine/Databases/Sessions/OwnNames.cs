namespace Nitejar.Migrations.Engine.Databases.Sessions;

/// <summary>The names of the migrator's own tables beside <see cref="Sql.VersionTable"/>.</summary>
internal static class OwnNames
{
    /// <summary>The append-only journal of steps.</summary>
    public const string VersionJournal = "VersionJournal";

    /// <summary>Whose turn it is, on servers whose own locks keep no one out.</summary>
    public const string VersionLease = "VersionLease";

    /// <summary>The list of what is archived. Each entry has a table of its own, with its number behind this name and an underscore.</summary>
    public const string VersionArchive = "VersionArchive";
}
