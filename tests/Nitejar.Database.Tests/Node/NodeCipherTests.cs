using Nitejar.Database.Configuration;

namespace Nitejar.Database.Tests.Node;

/// <summary>What Node's crypto encrypts is read here, and the reverse, with each form of key.</summary>
[TestFixture("000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F")]
[TestFixture("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
[TestFixture("-_ECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
[TestFixture("0123456789abcdefghijklmnopqrstuv")]
public sealed class NodeCipherTests(string key)
{
    private static readonly string[] Values =
    [
        "",
        "a",
        "whsec_1",
        "exactly sixteen.",
        "Zoë ✓ \U0001F680 \0 \r\n",
        string.Join('\n', Enumerable.Repeat("MIIEpAIBAAKCAQEA", 100)),
    ];

    [Test]
    public void What_Node_encrypts_is_read_here()
    {
        var cipher = new ConfigCipher(key);

        var encrypted = NodeScript.Run(
            new
            {
                @do = "encryptAll",
                key,
                values = Values,
            }
        );

        Assert.That(
            encrypted.EnumerateArray().Select(value => cipher.Decrypt(value.GetString()!)),
            Is.EqualTo(Values)
        );
    }

    [Test]
    public void What_is_encrypted_here_Node_reads()
    {
        var cipher = new ConfigCipher(key);

        var decrypted = NodeScript.Run(
            new
            {
                @do = "decryptAll",
                key,
                values = Values.Select(cipher.Encrypt),
            }
        );

        Assert.That(
            decrypted.EnumerateArray().Select(value => value.GetString()),
            Is.EqualTo(Values)
        );
    }
}
