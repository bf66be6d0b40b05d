using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace Nitejar.Database.Configuration;

/// <summary>
/// Encrypts values as Nitejar does: <c>enc:</c> and base64 of IV (16 bytes), authentication tag (16 bytes) and
/// ciphertext, by AES-256-GCM without associated data. Safe for use by several threads.
/// </summary>
/// <remarks>.NET's <see cref="AesGcm"/> takes IVs of 12 bytes only, so BouncyCastle does the work.</remarks>
public sealed class ConfigCipher
{
    /// <summary>The environment variable that holds Nitejar's key.</summary>
    public const string KeyVariable = "ENCRYPTION_KEY";

    private const string Prefix = "enc:";
    private const int IvBytes = 16;
    private const int TagBytes = 16;

    private readonly byte[] _key;

    /// <summary>Takes a key as 64 hexadecimal digits, 44 characters of base64, or 32 characters of UTF-8.</summary>
    /// <exception cref="ConfigCipherException">The key is none of these, or does not have 32 bytes.</exception>
    public ConfigCipher(string key) => _key = EncryptionKey.Parse(key);

    /// <summary>Takes the key from <see cref="KeyVariable"/>.</summary>
    /// <exception cref="ConfigCipherException">It is not set, or malformed.</exception>
    public static ConfigCipher FromEnvironment() =>
        new(
            Environment.GetEnvironmentVariable(KeyVariable)
                ?? throw new ConfigCipherException($"{KeyVariable} is not set.")
        );

    /// <summary>Whether a value is marked as encrypted.</summary>
    public static bool IsEncrypted(string value) =>
        value.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Encrypts; a value that is marked as encrypted is returned as it is.</summary>
    public string Encrypt(string value)
    {
        if (IsEncrypted(value))
            return value;

        var iv = RandomNumberGenerator.GetBytes(IvBytes);
        // BouncyCastle puts the tag behind the ciphertext, Nitejar before it.
        var sealedText = Run(forEncryption: true, iv, Encoding.UTF8.GetBytes(value));
        return Prefix
            + Convert.ToBase64String([
                .. iv,
                .. sealedText[^TagBytes..],
                .. sealedText[..^TagBytes],
            ]);
    }

    /// <summary>Decrypts; a value that is not marked as encrypted is returned as it is.</summary>
    /// <exception cref="ConfigCipherException">The key is another one, or the value was changed or cut.</exception>
    public string Decrypt(string value)
    {
        if (!IsEncrypted(value))
            return value;

        var bytes = new byte[value.Length];
        if (
            !Convert.TryFromBase64Chars(value.AsSpan(Prefix.Length), bytes, out var length)
            || length < IvBytes + TagBytes
        )
        {
            throw new ConfigCipherException("The encrypted value is cut or malformed.");
        }

        var iv = bytes[..IvBytes];
        var tag = bytes[IvBytes..(IvBytes + TagBytes)];
        var text = bytes[(IvBytes + TagBytes)..length];
        return Encoding.UTF8.GetString(Run(forEncryption: false, iv, [.. text, .. tag]));
    }

    private byte[] Run(bool forEncryption, byte[] iv, byte[] input)
    {
        var cipher = new GcmBlockCipher(new AesEngine());
        cipher.Init(forEncryption, new AeadParameters(new KeyParameter(_key), TagBytes * 8, iv));
        var output = new byte[cipher.GetOutputSize(input.Length)];
        try
        {
            var written = cipher.ProcessBytes(input, output);
            cipher.DoFinal(output.AsSpan(written));
            return output;
        }
        catch (InvalidCipherTextException)
        {
            throw new ConfigCipherException(
                "The encrypted value is not what this key encrypted: the key is another one, or the value was changed."
            );
        }
    }
}
