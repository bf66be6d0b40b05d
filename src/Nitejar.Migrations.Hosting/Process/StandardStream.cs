using System.Runtime.InteropServices;

namespace Nitejar.Migrations.Hosting.Process;

/// <summary>
/// Standard output or error, written to directly. The class library's console would first send a terminal the sequence
/// that prepares it for editing lines, and would leave it so.
/// </summary>
/// <param name="descriptor">Its number.</param>
internal sealed partial class StandardStream(int descriptor) : Stream
{
    private const int Interrupted = 4; // EINTR
    private const int NoReader = 32; // EPIPE
    private const short Writable = 4; // POLLOUT
    private const int Forever = -1;

    /// <summary>EAGAIN, which the systems number as they like.</summary>
    private static readonly int Full = OperatingSystem.IsLinux() ? 11 : 35;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Standard output (1) or error (2).</summary>
    public static Stream Open(int descriptor) =>
        OperatingSystem.IsWindows()
            ? descriptor == 1
                ? Console.OpenStandardOutput()
                : Console.OpenStandardError()
            : new StandardStream(descriptor);

    /// <summary>Writes all of it. A reader that has gone is no error: what the database is like does not depend on who listens.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var written = WriteTo(descriptor, buffer, buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error == NoReader)
            {
                return;
            }

            if (error == Full)
            {
                // Another program that shares the terminal or pipe has made it non-blocking.
                var wanted = new Polled(descriptor, Writable);
                _ = Poll(ref wanted, count: 1, Forever);
            }
            else if (error != Interrupted)
            {
                throw new IOException(Marshal.GetPInvokeErrorMessage(error));
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) =>
        Write(buffer.AsSpan(offset, count));

    /// <summary>Nothing is kept back.</summary>
    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Polled(int descriptor, short events)
    {
        private readonly int _descriptor = descriptor;
        private readonly short _events = events;
        private readonly short _found = 0;
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteTo(int descriptor, ReadOnlySpan<byte> buffer, nint length);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref Polled wanted, nuint count, int milliseconds);
}
