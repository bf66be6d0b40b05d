using System.Runtime.InteropServices;

namespace Nitejar.Migrations.Engine.Files;

/// <summary>
/// Gives a new file to the user and the group that are to use it, by its handle: by its name, another user could have any
/// file given away. Only root may do so; Linux alone tells whose a file is.
/// </summary>
internal static partial class FileOwner
{
    private const uint Unchanged = uint.MaxValue;

    private const UnixFileMode ForGroup =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    /// <summary>Gives a file the owner and the group of the one whose place it takes.</summary>
    /// <param name="file">The new one.</param>
    /// <param name="replaced">The old one.</param>
    /// <exception cref="ForeignOwnerException">This user may not, and the users of the old file could not open the new one.</exception>
    public static void Keep(NewFile file, FileStatus replaced)
    {
        // A group that may do nothing with the file is not missed.
        if (
            !TryGive(file, replaced)
            && (
                (replaced.Mode & ForGroup) != 0
                || FileStatus.Of(file.Handle)?.Owner != replaced.Owner
            )
        )
        {
            throw new ForeignOwnerException(replaced);
        }
    }

    /// <summary>
    /// Gives a file that root makes where none was to the owner of its folder, who could put another one in its place
    /// anyway. Where that user may not be the one who is to use it, since everybody may write there, it stays root's; a
    /// user who may not give files away keeps it too.
    /// </summary>
    /// <param name="file">The new one.</param>
    /// <param name="path">The absolute path that it is to get.</param>
    public static void GiveToFolder(NewFile file, string path)
    {
        var folder = FileStatus.Of(Path.GetDirectoryName(path)!);
        if (folder is { IsOwn: false } && !folder.Mode.HasFlag(UnixFileMode.OtherWrite))
        {
            _ = TryGive(file, folder);
        }
    }

    private static bool TryGive(NewFile file, FileStatus like)
    {
        if (FileStatus.Of(file.Handle) is not { } status)
        {
            return true;
        }

        var owner = status.Owner == like.Owner ? Unchanged : like.Owner;
        var group = status.Group == like.Group ? Unchanged : like.Group;
        return (owner, group) == (Unchanged, Unchanged)
            || ChangeOwner((int)file.Handle.DangerousGetHandle(), owner, group) == 0;
    }

    // The class library has no call for it.
    [LibraryImport("libc", EntryPoint = "fchown")]
    private static partial int ChangeOwner(int file, uint owner, uint group);
}
