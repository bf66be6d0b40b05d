namespace Nitejar.Database.Tests.Databases;

/// <summary>
/// What has to hold on every kind of database, written once: fixtures that derive from this name the kinds. Each test
/// has a database of its own.
/// </summary>
public abstract class DatabaseTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private TDatabase _database = default!;

    protected ITestDatabase Database => _database;

    protected NitejarDatabase Db { get; private set; } = null!;

    [SetUp]
    public void CreateDatabase()
    {
        _database = new TDatabase();
        Db = _database.Connect();
    }

    [TearDown]
    public void DeleteDatabase()
    {
        // The constructor of a database that cannot be had leaves the test before there is one.
        Db?.Dispose();
        _database?.Dispose();
    }
}
