using System.Text;

namespace Nitejar.Database.Configuration;

/// <summary>The forms in which Nitejar takes its key.</summary>
internal static class EncryptionKey
{
    public const int Bytes = 32;

    /// <exception cref="ConfigCipherException">The key has none of the forms.</exception>
    public static byte[] Parse(string key)
    {
        var bytes = key.Length switch
        {
            64 => FromHex(key),
            44 => FromBase64(key),
            32 => Encoding.UTF8.GetBytes(key),
            _ => [],
        };
        return bytes.Length == Bytes
            ? bytes
            : throw new ConfigCipherException(
                $"The encryption key has {key.Length} characters and none of the three forms: 64 hexadecimal digits, 44 characters of base64, or 32 characters of ASCII."
            );
    }

    private static byte[] FromHex(string key) =>
        key.All(char.IsAsciiHexDigit) ? Convert.FromHexString(key) : [];

    private static byte[] FromBase64(string key)
    {
        // Node takes the alphabet for URLs as well.
        var standard = key.Replace('-', '+').Replace('_', '/');
        var bytes = new byte[44];
        return Convert.TryFromBase64String(standard, bytes, out var written)
            ? bytes[..written]
            : [];
    }
}
