namespace Nitejar.Migrations.Engine.Statements;

/// <summary>What a text of SQL is in the middle of.</summary>
internal enum OpenPart
{
    /// <summary>Nothing: what follows is SQL.</summary>
    None,

    /// <summary>A comment that ends with the line.</summary>
    LineComment,

    /// <summary>A comment that has no end. It hides whatever follows.</summary>
    BlockComment,

    /// <summary>A text or a name in quotes that has no end.</summary>
    Quote,
}

/// <summary>How a text of SQL ends, as its database reads it.</summary>
/// <param name="Open">What it ends in the middle of.</param>
/// <param name="From">Where that begins; the length of the text where nothing is open.</param>
/// <param name="Depth">How many block comments are open: PostgreSQL nests them.</param>
/// <param name="IsComplete">Its last word is a semicolon, or it has no word at all.</param>
internal readonly record struct SqlTextEnd(OpenPart Open, int From, int Depth, bool IsComplete);
