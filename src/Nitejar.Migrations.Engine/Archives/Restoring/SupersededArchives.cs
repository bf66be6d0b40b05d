using Nitejar.Migrations.Engine.Databases.Sessions;

namespace Nitejar.Migrations.Engine.Archives.Restoring;

/// <summary>
/// What a Down does to entries that earlier Downs of its migration have left: only the latest Down's rows come back,
/// whether it archives any or not, and whatever has applied the migration in between.
/// </summary>
internal static class SupersededArchives
{
    private const string Reason = "a later run archived the same tables";

    /// <summary>Settles the entries of the step's migration.</summary>
    public static void Settle(ISession session, StepScope step)
    {
        foreach (var archive in VersionArchiveTable.Read(session))
        {
            if (archive.Entry.Migration.Version == step.Migration.Version)
            {
                Settle(session, step, archive);
            }
        }
    }

    private static void Settle(ISession session, StepScope step, StoredArchive archive)
    {
        switch (archive.Entry.State)
        {
            case ArchiveState.Kept when archive.Entry.RunId != step.RunId:
                Leftovers.Leave(session, archive, Reason);
                break;

            case ArchiveState.Kept:
            case ArchiveState.Waiting:
            case ArchiveState.LeftOver:
                break;

            default:
                throw new ArgumentOutOfRangeException(nameof(archive));
        }
    }
}
