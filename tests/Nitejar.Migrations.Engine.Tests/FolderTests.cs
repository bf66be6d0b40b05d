using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Sqlite;
using Nitejar.Tests.Layout;

namespace Nitejar.Migrations.Engine.Tests;

public sealed class FolderTests
{
    [TestCase(typeof(MigrateException))]
    [TestCase(typeof(SqliteDriver))]
    [TestCase(typeof(PostgresDriver))]
    public void No_two_folders_need_each_other(Type root) =>
        Assert.That(Folders.FindCycle(root), Is.Empty);

    /// <summary>Promises are kept once, for every kind of database: only a driver knows the library of its own.</summary>
    [TestCase(typeof(MigrateException), "Microsoft.Data.Sqlite", "SQLitePCLRaw.core", "Npgsql")]
    [TestCase(typeof(SqliteDriver), "Npgsql")]
    [TestCase(typeof(PostgresDriver), "Microsoft.Data.Sqlite", "SQLitePCLRaw.core")]
    public void Only_a_driver_knows_the_library_of_its_database(
        Type root,
        params string[] others
    ) =>
        Assert.That(
            root.Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name),
            Has.None.AnyOf(others)
        );
}
