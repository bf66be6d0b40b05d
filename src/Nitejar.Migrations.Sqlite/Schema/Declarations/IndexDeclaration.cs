namespace Nitejar.Migrations.Sqlite.Schema.Declarations;

/// <summary>What a CREATE INDEX statement says.</summary>
/// <param name="Parts">What the index is sorted by.</param>
/// <param name="IsUnique">Whether it refuses duplicates.</param>
/// <param name="Where">Which rows are in it; <see langword="null"/> for all.</param>
internal sealed record IndexDeclaration(List<PartDeclaration> Parts, bool IsUnique, string? Where)
{
    /// <summary>Reads the statement, which SQLite has accepted.</summary>
    public static IndexDeclaration Parse(string sql)
    {
        var cursor = new SqliteCursor(sql);
        cursor.Skip("CREATE");
        var isUnique = cursor.Skip("UNIQUE");
        while (!cursor.AtEnd && !cursor.Is("("))
        {
            cursor.Pass();
        }

        var parts = SqlitePartParser.TakeList(cursor);
        if (!cursor.Skip("WHERE"))
        {
            return new IndexDeclaration(parts, isUnique, null);
        }

        var from = cursor.Start;
        while (!cursor.AtEnd)
        {
            cursor.Pass();
        }

        return new IndexDeclaration(parts, isUnique, cursor.TextFrom(from).ToString());
    }
}
