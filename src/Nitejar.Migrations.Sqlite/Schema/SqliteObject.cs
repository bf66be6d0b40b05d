using Nitejar.Migrations.Sqlite.Schema.Declarations;

namespace Nitejar.Migrations.Sqlite.Schema;

/// <summary>A row of SQLite's schema table.</summary>
/// <param name="Type"><c>table</c>, <c>index</c>, <c>view</c> or <c>trigger</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Sql">The statement that makes it.</param>
internal sealed record SqliteObject(string Type, string Name, string Sql)
{
    /// <summary>Whether a module keeps the rows of this table.</summary>
    public bool IsVirtualTable
    {
        get
        {
            var cursor = new SqliteCursor(Sql);
            return cursor.Skip("CREATE") && cursor.Is("VIRTUAL");
        }
    }
}
