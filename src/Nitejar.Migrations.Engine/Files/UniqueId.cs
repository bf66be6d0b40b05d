using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Nitejar.Migrations.Engine.Files;

/// <summary>Identifiers of runs and of files.</summary>
public static partial class UniqueId
{
    private const int Size = 16;

    /// <summary>A UUID of version 7, which sorts by time; of version 4 where there is no /dev/urandom, as in a bare root folder.</summary>
    public static Guid New()
    {
        try
        {
            return Guid.CreateVersion7();
        }
        catch (CryptographicException) when (OperatingSystem.IsLinux())
        {
            return FromKernel();
        }
    }

    private static Guid FromKernel()
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (GetRandom(bytes, Size, flags: 0) != Size)
        {
            throw new CryptographicException("The system gives no random numbers.");
        }

        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    [LibraryImport("libc", EntryPoint = "getrandom")]
    private static partial nint GetRandom(Span<byte> buffer, nint length, uint flags);
}
