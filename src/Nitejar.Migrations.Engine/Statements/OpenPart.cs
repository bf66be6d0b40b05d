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
