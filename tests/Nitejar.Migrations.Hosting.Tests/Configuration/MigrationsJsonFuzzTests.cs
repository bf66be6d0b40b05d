using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Configuration.Json;

namespace Nitejar.Migrations.Hosting.Tests.Configuration;

public sealed class MigrationsJsonFuzzTests
{
    private const int Mutations = 2_000;
    private const string Alphabet = "{}[]\":,.\\/ \t\r\n\0ae019-+$#'truefalsnl";

    private static readonly string[] Pieces =
    [
        "null",
        "true",
        "1e999",
        "\"\"",
        "{}",
        "[[",
        "\\u0000",
        "\"environments\":{",
        "\"live\":",
        "//",
        "ü",
        "\uFEFF",
    ];

    [Test, CancelAfter(60_000)]
    public void A_mutated_file_is_read_or_refused_with_a_place(CancellationToken cancellation)
    {
        // The same each time, so that what makes it fail is a change, not chance.
        const int seed = 20260101;
        var random = new Random(seed);
        var refused = 0;
        for (var i = 0; i < Mutations && !cancellation.IsCancellationRequested; i++)
        {
            var text = Mutate(MigrationsJsonReaderTests.Full, random);
            try
            {
                _ = new MigrationsJsonReader("m.json", Encoding.UTF8.GetBytes(text)).Read();
            }
            catch (InvalidRequestException e)
            {
                refused++;
                Assert.That(
                    e.Message,
                    Does.Match(@"^m\.json, line \d+, column \d+: "),
                    $"seed {seed}, mutation {i}:\n{text}"
                );
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, mutation {i}: {e}\n{text}");
            }
        }

        Assert.That(
            refused,
            Is.GreaterThan(Mutations / 4),
            $"seed {seed}: too few mutations break the file, or the time was up"
        );
    }

    private static string Mutate(string valid, Random random)
    {
        var text = new StringBuilder(valid);
        for (var times = random.Next(1, 5); times > 0 && text.Length > 0; times--)
        {
            var at = random.Next(text.Length);
            var length = random.Next(1, Math.Min(20, text.Length - at) + 1);
            switch (random.Next(5))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text[at] = Alphabet[random.Next(Alphabet.Length)];
                    break;
                case 2:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 3:
                    text.Insert(random.Next(text.Length), text.ToString(at, length));
                    break;
                default:
                    text.Length = at;
                    break;
            }
        }

        return text.ToString();
    }
}
