namespace Nitejar.Migrations.Faults.Tests.Harness.Images;

/// <summary>Ways in which a disk, a copy that broke off, or a careless hand damages a database.</summary>
internal static class Mutation
{
    private const int PageSize = 4096;

    /// <summary>A damaged copy.</summary>
    public static byte[] Of(byte[] database, Random random)
    {
        var bytes = (byte[])database.Clone();
        switch (random.Next(8))
        {
            case 0:
                Flip(bytes, random, bytes.Length, random.Next(1, 30));
                return bytes;
            case 1:
                Flip(bytes, random, 100, random.Next(1, 5));
                return bytes;
            case 2:
                Flip(bytes, random, PageSize, random.Next(1, 50));
                return bytes;
            case 3:
                return bytes[..random.Next(bytes.Length)];
            case 4:
                return bytes[..(PageSize * random.Next(bytes.Length / PageSize))];
            case 5:
                Overwrite(bytes, random);
                return bytes;
            case 6:
                SwapPages(bytes, random);
                return bytes;
            default:
                var garbage = new byte[random.Next(1, 3 * PageSize)];
                random.NextBytes(garbage);
                return random.Next(2) == 0 ? [.. bytes, .. garbage] : garbage;
        }
    }

    /// <summary>A copy in which what describes a page or a row is damaged: few bytes, which every reader believes first.</summary>
    public static byte[] OfPageHeaders(byte[] database, Random random)
    {
        var bytes = (byte[])database.Clone();
        for (var times = random.Next(1, 6); times > 0; times--)
        {
            var number = random.Next(bytes.Length / PageSize);
            var page = bytes.AsSpan(number * PageSize, PageSize);
            var header = number == 0 ? 100 : 0;
            var cells = page[header + 3] << 8 | page[header + 4];
            var pointer = header + 8 + (2 * random.Next(Math.Clamp(cells, 1, 100)));
            var cell = (page[pointer] << 8 | page[pointer + 1]) & (PageSize - 1);
            var at = random.Next(3) switch
            {
                0 => header + random.Next(12),
                1 => pointer + random.Next(2),
                _ => Math.Min(cell + random.Next(12), PageSize - 1),
            };
            page[at] = (byte)random.Next(256);
        }

        return bytes;
    }

    private static void Flip(byte[] bytes, Random random, int within, int count)
    {
        for (var i = 0; i < count; i++)
        {
            bytes[random.Next(within)] ^= (byte)(1 << random.Next(8));
        }
    }

    private static void Overwrite(byte[] bytes, Random random)
    {
        var start = random.Next(bytes.Length);
        var block = bytes.AsSpan(
            start,
            Math.Min(random.Next(1, 2 * PageSize), bytes.Length - start)
        );
        if (random.Next(2) == 0)
        {
            block.Clear();
        }
        else
        {
            random.NextBytes(block);
        }
    }

    private static void SwapPages(byte[] bytes, Random random)
    {
        var pages = bytes.Length / PageSize;
        var one = bytes.AsSpan(random.Next(pages) * PageSize, PageSize);
        var other = bytes.AsSpan(random.Next(pages) * PageSize, PageSize);
        var kept = one.ToArray();
        other.CopyTo(one);
        kept.CopyTo(other);
    }
}
