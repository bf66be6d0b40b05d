using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Nitejar.Migrations.Engine.Files;

/// <summary>What kind of thing lies at a path.</summary>
public enum FileKind
{
    /// <summary>None of the others.</summary>
    Other = 0,

    /// <summary>A named pipe.</summary>
    Pipe = 0x1000,

    /// <summary>A device that is read character by character.</summary>
    CharacterDevice = 0x2000,

    /// <summary>A folder.</summary>
    Folder = 0x4000,

    /// <summary>A device that is read block by block.</summary>
    BlockDevice = 0x6000,

    /// <summary>A file.</summary>
    Regular = 0x8000,

    /// <summary>A symbolic link.</summary>
    Link = 0xA000,

    /// <summary>A socket.</summary>
    Socket = 0xC000,
}

/// <summary>What Linux says of a path without opening what is there.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Owner">The number of the user who owns it.</param>
/// <param name="Device">Major and minor number of the file system's device.</param>
/// <param name="Inode">Its number on that device.</param>
public sealed partial record FileStatus(
    FileKind Kind,
    uint Owner,
    (uint Major, uint Minor) Device,
    ulong Inode
)
{
    private const int NoSuchEntry = 2; // ENOENT
    private const int NoFolder = 20; // ENOTDIR
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH
    private const uint BasicStatus = 0x7ff; // STATX_BASIC_STATS
    private const int KindBits = 0xf000; // S_IFMT

    /// <summary>Its permissions, with the bits that change the user of a program.</summary>
    public UnixFileMode Mode { get; private init; }

    /// <summary>The number of the group that it belongs to.</summary>
    public uint Group { get; private init; }

    /// <summary>Of what the path leads to; <see langword="null"/> where nothing is, it cannot be told, or the system is another.</summary>
    public static FileStatus? Of(string path) => Of(CurrentFolder, path, flags: 0);

    /// <summary>As <see cref="Of(string)"/>, of the link itself where there is one.</summary>
    public static FileStatus? OfLink(string path) => Of(CurrentFolder, path, NoFollow);

    /// <summary>Of an open file, whatever its names lead to by now; <see langword="null"/> where it cannot be told.</summary>
    public static FileStatus? Of(SafeFileHandle file) =>
        OfDescriptor((int)file.DangerousGetHandle());

    /// <summary>Of the file that a descriptor of this process is open on; <see langword="null"/> where none has the number.</summary>
    internal static FileStatus? OfDescriptor(int number) => Of(number, "", EmptyPath);

    /// <summary>Whether it is sure that nothing is at the path; on other systems it never is.</summary>
    public static bool IsAbsent(string path) =>
        OperatingSystem.IsLinux()
        && Of(path) is null
        && Marshal.GetLastPInvokeError() is NoSuchEntry or NoFolder;

    /// <summary>Whether the file belongs to the user as whom this process runs.</summary>
    public bool IsOwn => OperatingSystem.IsLinux() && Owner == EffectiveUser();

    /// <summary>Whether both paths lead to one file, by links of either kind or by spelling.</summary>
    public static bool IsSame(string one, string other) =>
        string.Equals(Path.GetFullPath(one), Path.GetFullPath(other), StringComparison.Ordinal)
        || (Of(one) is { } left && Of(other) is { } right && left.IsSameFile(right));

    /// <summary>Whether both are of one file.</summary>
    public bool IsSameFile(FileStatus other) => Device == other.Device && Inode == other.Inode;

    /// <summary>Whether a regular file is there, perhaps behind a symbolic link.</summary>
    public static bool IsRegularFile(string path) =>
        Of(path) is { } found ? found.Kind == FileKind.Regular : File.Exists(path);

    private static FileStatus? Of(int folder, string path, int flags)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            return Statx(folder, path, flags, BasicStatus, out var found) == 0
                ? new FileStatus(
                    KindOf(found.Mode),
                    found.Owner,
                    (found.Major, found.Minor),
                    found.Inode
                )
                {
                    Mode = (UnixFileMode)(found.Mode & ~KindBits),
                    Group = found.Group,
                }
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018.
            return null;
        }
    }

    private static FileKind KindOf(int mode)
    {
        var kind = (FileKind)(mode & KindBits);
        return Enum.IsDefined(kind) ? kind : FileKind.Other;
    }

    // The class library tells neither inode nor kind; unlike stat's, this structure is the same on every processor.
    [LibraryImport(
        "libc",
        EntryPoint = "statx",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    private static partial int Statx(
        int folder,
        string path,
        int flags,
        uint mask,
        out Buffer buffer
    );

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct Buffer
    {
        [field: FieldOffset(20)]
        public uint Owner { get; }

        [field: FieldOffset(24)]
        public uint Group { get; }

        [field: FieldOffset(28)]
        public ushort Mode { get; }

        [field: FieldOffset(32)]
        public ulong Inode { get; }

        [field: FieldOffset(136)]
        public uint Major { get; }

        [field: FieldOffset(140)]
        public uint Minor { get; }
    }
}
