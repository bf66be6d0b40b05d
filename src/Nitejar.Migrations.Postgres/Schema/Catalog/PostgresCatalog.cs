using Nitejar.Migrations.Engine.Databases.Sessions;

namespace Nitejar.Migrations.Postgres.Schema.Catalog;

/// <summary>
/// Parts of queries over PostgreSQL's catalogs. The schema is the parameter <c>@schema</c>. Functions are named with
/// pg_catalog, and operators are given the types that they are made for: the schema may hold others of the same names,
/// which would be executed with the rights of this process.
/// </summary>
internal static class PostgresCatalog
{
    /// <summary>The number of the schema.</summary>
    public const string SchemaId = "(SELECT oid FROM pg_namespace WHERE nspname = @schema)";

    /// <summary>The condition that an object was not made by an extension, which brings it along.</summary>
    /// <param name="catalog">Where the object is listed.</param>
    /// <param name="id">Its number there.</param>
    public static string IsOfNoExtension(string catalog, string id) =>
        DependsOnNothing(catalog, id, "e.deptype = 'e'");

    /// <summary>The condition that a function was made neither by an extension nor by a type, such as one of ranges.</summary>
    /// <param name="id">Its number.</param>
    public static string IsMadeByItself(string id) =>
        DependsOnNothing("pg_proc", id, "e.deptype IN ('e', 'i')");

    /// <summary>For a letter that PostgreSQL did not have when this was written.</summary>
    /// <param name="what">What it stands for: <c>kind of relation</c>.</param>
    /// <param name="letter">The letter.</param>
    public static DatabaseUnavailableException Unknown(string what, string letter) =>
        new(
            $"The server's catalog has the {what} '{letter}', which this version does not know.",
            "Use a newer release of the program."
        );

    private static string DependsOnNothing(string catalog, string id, string how) =>
        $"NOT EXISTS (SELECT 1 FROM pg_depend AS e WHERE e.classid = '{catalog}'::regclass AND e.objid = {id} AND {how})";

    /// <summary>The condition that a name is not that of one of the migrator's own tables beside the one of applied versions.</summary>
    /// <param name="name">The column of the name.</param>
    public static string IsNotOwn(string name) =>
        $"{name} NOT IN ('{OwnNames.VersionJournal}', '{OwnNames.VersionArchive}', '{OwnNames.VersionLease}') AND {name}::text !~ '^{OwnNames.VersionArchive}_[0-9]'::text";
}
