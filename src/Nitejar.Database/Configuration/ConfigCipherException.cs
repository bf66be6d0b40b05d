using System.Security.Cryptography;

namespace Nitejar.Database.Configuration;

/// <summary>The key is malformed, or a value is not what the key encrypted. Messages hold neither.</summary>
/// <param name="message">What is wrong.</param>
public sealed class ConfigCipherException(string message) : CryptographicException(message);
