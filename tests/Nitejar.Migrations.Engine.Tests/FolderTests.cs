using Nitejar.Tests.Layout;

namespace Nitejar.Migrations.Engine.Tests;

public sealed class FolderTests
{
    [Test]
    public void No_two_folders_need_each_other() =>
        Assert.That(Folders.FindCycle(typeof(MigrateException)), Is.Empty);

    /// <summary>Promises are kept once, for every kind of database: only a driver knows the library of its own.</summary>
    [Test]
    public void Only_the_driver_of_SQLite_knows_its_library()
    {
        const string driver = "Nitejar.Migrations.Engine.Databases.Sqlite";
        var knowing = typeof(MigrateException)
            .Assembly.GetTypes()
            .Where(type => !$"{type.Namespace}.".StartsWith($"{driver}.", StringComparison.Ordinal))
            .Where(type =>
                TypeReferences
                    .Of(type)
                    .Any(needed =>
                        needed.Assembly.GetName().Name is "Microsoft.Data.Sqlite"
                        || needed.Namespace == "SQLitePCL"
                    )
            )
            .Select(type => type.FullName);

        Assert.That(knowing, Is.Empty);
    }
}
