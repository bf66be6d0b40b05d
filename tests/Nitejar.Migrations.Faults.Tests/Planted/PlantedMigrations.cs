namespace Nitejar.Migrations.Faults.Tests.Planted;

/// <summary>Migrations that the program with defects has for those who ask for them, as <c>Source/Planted.cs</c> reads it.</summary>
internal static class PlantedMigrations
{
    /// <summary>One that runs without a transaction.</summary>
    public const string Alone = "alone";

    /// <summary>Some that insert rows.</summary>
    public const string Seeds = "seeds";

    /// <summary>One that declares a breaking change, and has a row without columns in its Down.</summary>
    public const string Asking = "asking";

    /// <summary>One whose Down forgets an index.</summary>
    public const string KeepsIndex = "keeps-index";

    /// <summary>One whose Down changes a value that its Up has left alone.</summary>
    public const string ChangesValue = "changes-value";
}
