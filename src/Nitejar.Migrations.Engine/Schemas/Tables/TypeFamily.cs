namespace Nitejar.Migrations.Engine.Schemas.Tables;

/// <summary>Types that a database treats alike: on SQLite, affinities.</summary>
public enum TypeFamily
{
    /// <summary>Integers.</summary>
    Integral,

    /// <summary>Texts.</summary>
    Text,

    /// <summary>Bytes, or anything as it comes.</summary>
    Blob,

    /// <summary>Floating point.</summary>
    Real,

    /// <summary>Numbers where a value is one, else whatever it is.</summary>
    Numeric,

    /// <summary>Any other type, such as dates, truth values and arrays: alike are two of the same name.</summary>
    Other,
}
