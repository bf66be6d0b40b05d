using Nitejar.Database.Configuration;

namespace Nitejar.Database.Tests.Configuration;

/// <summary>Only what this key encrypted is decrypted; everything else is an error without the value in it. The key may be in the process's environment.</summary>
[NonParallelizable]
public sealed class ConfigCipherTests
{
    private const string HexKey =
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    /// <summary>Made by Node's crypto with <see cref="HexKey"/> and the IV f0 f1 ... ff.</summary>
    private const string Encrypted =
        "enc:8PHy8/T19vf4+fr7/P3+/8PHlcL5SIgj0wGBb47ZKWPiDt+EsWJyVIiSO7ZoTeWb";

    private const string Text = "Zoë ✓ whsec_1";
    private readonly ConfigCipher _cipher = new(HexKey);

    [Test]
    public void A_value_that_Node_encrypted_is_decrypted() =>
        Assert.That(_cipher.Decrypt(Encrypted), Is.EqualTo(Text));

    [Test]
    public void Every_encryption_has_an_IV_of_its_own()
    {
        var first = _cipher.Encrypt(Text);
        var second = _cipher.Encrypt(Text);

        Assert.That(first[..26], Is.Not.EqualTo(second[..26]));
        Assert.That(
            new[] { _cipher.Decrypt(first), _cipher.Decrypt(second) },
            Is.All.EqualTo(Text)
        );
    }

    [Test]
    public void What_is_encrypted_is_not_encrypted_again_and_what_is_not_is_not_decrypted()
    {
        Assert.That(_cipher.Encrypt(Encrypted), Is.EqualTo(Encrypted));
        Assert.That(_cipher.Decrypt("plain"), Is.EqualTo("plain"));
        Assert.That(_cipher.Decrypt("ENC:plain"), Is.EqualTo("ENC:plain"));
        Assert.That(_cipher.Decrypt(""), Is.Empty);
    }

    [Test]
    public void Every_flipped_bit_is_refused()
    {
        var bytes = Convert.FromBase64String(Encrypted[4..]);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(
                () => _cipher.Decrypt("enc:" + Convert.ToBase64String(changed)),
                Throws.TypeOf<ConfigCipherException>(),
                $"bit {bit}"
            );
        }
    }

    [Test]
    public void Every_cut_is_refused()
    {
        for (var length = 4; length < Encrypted.Length; length++)
        {
            Assert.That(
                () => _cipher.Decrypt(Encrypted[..length]),
                Throws.TypeOf<ConfigCipherException>(),
                $"{length} characters"
            );
        }
    }

    [TestCase("enc:")]
    [TestCase("enc:not base64!")]
    [TestCase("enc:AAAA")]
    public void What_is_no_encrypted_value_is_refused(string value) =>
        Assert.That(() => _cipher.Decrypt(value), Throws.TypeOf<ConfigCipherException>());

    [Test]
    public void Another_key_is_refused() =>
        Assert.That(
            () => new ConfigCipher(new string('k', 32)).Decrypt(Encrypted),
            Throws.TypeOf<ConfigCipherException>().With.Message.Contains("another")
        );

    [TestCase("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F")]
    [TestCase("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    public void The_same_key_in_another_form_is_the_same(string key) =>
        Assert.That(new ConfigCipher(key).Decrypt(Encrypted), Is.EqualTo(Text));

    [TestCase("", TestName = "no character")]
    [TestCase("short", TestName = "5 characters")]
    [TestCase(
        "g00102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        TestName = "64 that are not hex"
    )]
    [TestCase("!AECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", TestName = "44 that are not base64")]
    [TestCase(
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8A",
        TestName = "44 of base64 with 33 bytes"
    )]
    [TestCase(
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==",
        TestName = "44 of base64 with 31 bytes"
    )]
    [TestCase("ø123456789abcdefghijklmnopqrstuv", TestName = "32 with more than 32 bytes")]
    [TestCase("0123456789abcdefghijklmnopqrstuvw", TestName = "33 characters")]
    public void A_malformed_key_is_an_error_that_does_not_tell_it(string key)
    {
        var error = Assert.Throws<ConfigCipherException>(() => _ = new ConfigCipher(key))!;

        Assert.That(error.Message, Does.Contain($"{key.Length} characters"));
        if (key.Length > 0)
            Assert.That(error.ToString(), Does.Not.Contain(key));
    }

    [Test]
    public void A_key_that_is_not_set_is_an_error()
    {
        var before = Environment.GetEnvironmentVariable(ConfigCipher.KeyVariable);
        Environment.SetEnvironmentVariable(ConfigCipher.KeyVariable, null);
        try
        {
            Assert.That(
                ConfigCipher.FromEnvironment,
                Throws.TypeOf<ConfigCipherException>().With.Message.Contains("ENCRYPTION_KEY")
            );
        }
        finally
        {
            Environment.SetEnvironmentVariable(ConfigCipher.KeyVariable, before);
        }
    }
}
