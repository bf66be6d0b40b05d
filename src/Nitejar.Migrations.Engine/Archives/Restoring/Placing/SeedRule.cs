namespace Nitejar.Migrations.Engine.Archives.Restoring.Placing;

/// <summary>Which rows that an Up has inserted itself into a table whose rows come back give way to these.</summary>
internal enum SeedRule
{
    /// <summary>All of them are replaced by the archived rows, which are their later form.</summary>
    Replaced,

    /// <summary>Those give way whose key an archived row has; the others stay.</summary>
    ReplacedByKey,

    /// <summary>They stay like any other rows.</summary>
    Kept,
}
