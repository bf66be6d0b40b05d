namespace Nitejar.Migrations.Engine.Statements;

/// <summary>How a text of SQL ends, as its database reads it.</summary>
/// <param name="Open">What it ends in the middle of.</param>
/// <param name="From">Where that begins; the length of the text where nothing is open.</param>
/// <param name="Depth">How many block comments are open: PostgreSQL nests them.</param>
/// <param name="IsComplete">Its last word is a semicolon, or it has no word at all.</param>
internal readonly record struct SqlTextEnd(OpenPart Open, int From, int Depth, bool IsComplete);
