using System.Security.Cryptography;

namespace Nitejar.Migrations.Engine.Tests;

public sealed class Sha256Tests
{
    [Test]
    public void It_agrees_with_the_class_library_for_every_length_of_three_blocks()
    {
        var random = new Random(Seed: 1);
        for (var length = 0; length <= 192; length++)
        {
            var data = new byte[length];
            random.NextBytes(data);

            Assert.That(Sha256.Hash(data), Is.EqualTo(SHA256.HashData(data)), $"{length} bytes");
        }
    }

    [Test]
    public void It_agrees_with_the_class_library_for_a_megabyte()
    {
        var data = new byte[1024 * 1024];
        new Random(Seed: 2).NextBytes(data);

        Assert.That(Sha256.Hash(data), Is.EqualTo(SHA256.HashData(data)));
    }
}
