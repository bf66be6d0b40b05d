using FluentMigrator.Runner.BatchParser;
using FluentMigrator.Runner.BatchParser.Sources;
using FluentMigrator.Runner.BatchParser.SpecialTokenSearchers;
using Nitejar.Migrations.Sqlite.FluentMigrations;

namespace Nitejar.Migrations.Engine.Tests.FluentMigrations;

/// <summary>Texts are split at GO as FluentMigrator's parser does it.</summary>
public sealed class SqlBatchesTests
{
    private const int Seed = 20260101;
    private const int Texts = 5_000;

    private static readonly string[] s_pieces =
    [
        "GO",
        "go",
        "GO 2",
        "GO 0",
        " Go\t",
        "GO;",
        "GO x",
        "GOTO",
        "CATEGO",
        "SELECT 1",
        ";",
        "'",
        "''",
        "\"",
        "--",
        "-- x",
        "/*",
        "*/",
        "/*/",
        "/",
        "\n",
        "\n",
        "\n",
        "\r\n",
        " ",
    ];

    [TestCase("SELECT 1\nGO\nSELECT 2", "SELECT 1|SELECT 2")]
    [TestCase("SELECT 1\nGO 3\n", "SELECT 1|SELECT 1|SELECT 1")]
    [TestCase("GO\n\ngo\nSELECT 1\nGO", "SELECT 1")]
    [TestCase("GO", "")]
    [TestCase("SELECT '\nGO\n'", "SELECT '\nGO\n'")]
    [TestCase("SELECT 1 --\nGO\nSELECT 2", "SELECT 1 --\nGO\nSELECT 2")]
    [TestCase("INSERT INTO category VALUES (1);\r\n", "INSERT INTO category VALUES (1);\r\n")]
    public void A_text_is_split(string sql, string batches) =>
        Assert.That(string.Join('|', SqlBatches.Of(sql)), Is.EqualTo(batches));

    [Test]
    public void Random_texts_are_split_as_with_stock()
    {
        var random = new Random(Seed);
        var split = 0;
        for (var i = 0; i < Texts; i++)
        {
            var sql = string.Concat(
                Enumerable
                    .Range(0, random.Next(1, 14))
                    .Select(_ =>
                        s_pieces[random.Next(s_pieces.Length)] + (random.Next(2) == 0 ? "\n" : "")
                    )
            );
            if (Stock(sql) is not { } stock)
            {
                continue;
            }

            split += stock.Length > 1 ? 1 : 0;
            Assert.That(SqlBatches.Of(sql), Is.EqualTo(stock), $"seed {Seed}, text {i}: {sql}");
        }

        Assert.That(split, Is.GreaterThan(Texts / 50), "too few texts are split");
    }

    /// <summary>What FluentMigrator's processor executes; <see langword="null"/> where its parser fails.</summary>
    private static string[]? Stock(string sql)
    {
        var batches = new List<string>();
        var batch = "";
        var isSplit = false;
        var parser = new SQLiteBatchParser("\n");
        parser.SqlText += (_, text) => batch = text.SqlText.Trim();
        parser.SpecialToken += (_, token) =>
        {
            isSplit = true;
            if (!string.IsNullOrEmpty(batch))
            {
                var count = ((GoSearcher.GoSearcherParameters)token.Opaque).Count;
                batches.AddRange(Enumerable.Repeat(batch, count));
            }

            batch = "";
        };
        try
        {
            using var source = new TextReaderSource(new StringReader(sql), takeOwnership: true);
            parser.Process(source);
        }
        catch (InvalidOperationException)
        {
            return null;
        }

        if (!isSplit)
        {
            return [sql];
        }

        return [.. batches, .. string.IsNullOrEmpty(batch) ? Array.Empty<string>() : [batch]];
    }
}
