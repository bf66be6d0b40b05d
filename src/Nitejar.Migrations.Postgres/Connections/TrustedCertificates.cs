using System.Runtime.InteropServices;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Connections;

/// <summary>
/// Keeps the first handshake of the process from reading every certificate of the machine: by default .NET takes a folder
/// of hundreds of files for its store of authorities, whatever the connection asks for, and that takes longer than the
/// rest of a run. OpenSSL's two variables say what it reads instead; what is accepted does not change.
/// </summary>
internal static partial class TrustedCertificates
{
    private const string FileVariable = "SSL_CERT_FILE";
    private const string FolderVariable = "SSL_CERT_DIR";

    /// <summary>A path that cannot exist.</summary>
    private const string Nowhere = "/dev/null/none";

    /// <summary>Where Debian and Alpine, Fedora, and SUSE keep all certificates of the folder in one file.</summary>
    private static readonly string[] Bundles =
    [
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem",
    ];

    /// <summary>Chooses before a connection is opened; of several in a process the first one counts.</summary>
    public static void Choose(NpgsqlConnectionStringBuilder connection)
    {
        if (
            !OperatingSystem.IsLinux()
            || connection.SslMode == SslMode.Disable
            || FileFor(connection) is not { } file
        )
        {
            return;
        }

        // Other programs that this one starts keep the environment that it was given.
        _ = Environment.GetEnvironmentVariables();
        Set(FileVariable, file);
        Set(FolderVariable, Nowhere);
    }

    /// <summary>The one file to read; <see langword="null"/> where the store is to stay what it is.</summary>
    private static string? FileFor(NpgsqlConnectionStringBuilder connection) =>
        connection.RootCertificate is { Length: > 0 } root ? Path.GetFullPath(root)
        : !Verifies(connection.SslMode) ? Nowhere
        : IsSet(FileVariable) || IsSet(FolderVariable) ? null
        : Array.Find(Bundles, File.Exists);

    /// <summary>Whether the server's certificate has to be trusted where no root is given.</summary>
    private static bool Verifies(SslMode mode) =>
        mode switch
        {
            SslMode.Disable or SslMode.Allow or SslMode.Prefer or SslMode.Require => false,
            SslMode.VerifyCA or SslMode.VerifyFull => true,
            _ => throw new ArgumentOutOfRangeException(nameof(mode)),
        };

    private static bool IsSet(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 };

    /// <summary>OpenSSL's own part of the process asks the C library, which .NET's variables do not reach.</summary>
    private static void Set(string variable, string value) =>
        _ = setenv(variable, value, overwrite: 1);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
