using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Nitejar.Migrations.Engine.Files;

/// <summary>Which file a path leads to, whatever it is called: device, inode and kind. Nothing is opened.</summary>
/// <param name="Device">The file system.</param>
/// <param name="Inode">The file in it.</param>
/// <param name="IsRegular">Neither a folder nor a pipe nor a device.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Inode, bool IsRegular)
{
    private const int AtWorkingDirectory = -100; // AT_FDCWD
    private const uint BasicStats = 0x7ff; // STATX_BASIC_STATS
    private const int StructureSize = 256;

    /// <summary>Whether both paths lead to one file, by links of either kind or by spelling.</summary>
    public static bool IsSame(string one, string other) =>
        string.Equals(Path.GetFullPath(one), Path.GetFullPath(other), StringComparison.Ordinal)
        || (
            Of(one) is { } left
            && Of(other) is { } right
            && left.Device == right.Device
            && left.Inode == right.Inode
        );

    /// <summary>Whether a regular file is there, perhaps behind a symbolic link.</summary>
    public static bool IsRegularFile(string path) => Of(path)?.IsRegular ?? File.Exists(path);

    /// <summary>Follows symbolic links; <see langword="null"/> where nothing is, or where the system cannot say.</summary>
    private static unsafe FileIdentity? Of(string path)
    {
        // By address: statx is Linux's own and has one layout on every processor, which stat has not.
        if (
            !OperatingSystem.IsLinux()
            || !NativeLibrary.TryGetExport(
                NativeLibrary.GetMainProgramHandle(),
                "statx",
                out var address
            )
        )
        {
            return null;
        }

        var statx = (delegate* unmanaged<int, byte*, int, uint, byte*, int>)address;
        Span<byte> answer = stackalloc byte[StructureSize];
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0"))
        fixed (byte* structure = answer)
        {
            return statx(AtWorkingDirectory, name, 0, BasicStats, structure) == 0
                ? Read(answer)
                : null;
        }
    }

    /// <summary>The offsets are those of statx(2).</summary>
    private static FileIdentity Read(ReadOnlySpan<byte> statx)
    {
        const int kindMask = 0xf000; // S_IFMT
        const int regular = 0x8000; // S_IFREG
        var mode = MemoryMarshal.Read<ushort>(statx[28..]);
        var inode = MemoryMarshal.Read<ulong>(statx[32..]);
        var device = BinaryPrimitives.ReadUInt64BigEndian(statx[136..]);
        return new FileIdentity(device, inode, (mode & kindMask) == regular);
    }
}
