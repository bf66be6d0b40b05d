namespace Nitejar.Migrations.Engine.Databases.Sql;

/// <summary>Why a statement failed, as far as it matters for what happens next.</summary>
internal enum StatementFault
{
    /// <summary>For any other reason.</summary>
    Other,

    /// <summary>Another row has the primary key of one that it writes.</summary>
    KeyIsTaken,

    /// <summary>Rows are the same where they have to be unique: one that it writes, or those that an index finds.</summary>
    IsNotUnique,

    /// <summary>A row that it writes refers to one that is not there, or one that it deletes is referred to.</summary>
    HasNoParent,

    /// <summary>It makes an object or a column that is there.</summary>
    ObjectIsThere,

    /// <summary>Something that it names is not there.</summary>
    ObjectIsMissing,

    /// <summary>Something that it names is not there, which may be the table to which it declares a reference.</summary>
    ParentMayBeMissing,
}
