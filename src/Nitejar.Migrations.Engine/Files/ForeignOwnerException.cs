namespace Nitejar.Migrations.Engine.Files;

/// <summary>A file cannot get the owner or the group of the one that it replaces, since only root may give files away.</summary>
/// <param name="replaced">The one that stays in its place.</param>
internal sealed class ForeignOwnerException(FileStatus replaced)
    : IOException(
        FormattableString.Invariant(
            $"it belongs to user {replaced.Owner} and group {replaced.Group}, to whom this user cannot give the restored file"
        )
    )
{
    /// <summary>What to do about it.</summary>
    public const string NextStep =
        "Run the command as root or as that user. If the restored file may belong to this user, rename the old one first.";
}
