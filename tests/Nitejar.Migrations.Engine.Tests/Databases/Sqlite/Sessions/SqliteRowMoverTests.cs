using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Sqlite.Sessions;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Sessions;

/// <summary>Counters belong to tables with AUTOINCREMENT, whatever other tables say in their comments and names.</summary>
public sealed class SqliteRowMoverTests
{
    [TestCase("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)", true)]
    [TestCase("CREATE TABLE t (id INTEGER, PRIMARY KEY (id /* ) */ autoincrement))", true)]
    [TestCase("CREATE TABLE t (id INTEGER PRIMARY KEY /* AUTOINCREMENT */)", false)]
    [TestCase(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, \"autoincrement\" DEFAULT ' AUTOINCREMENT ')",
        false
    )]
    public void A_counter_is_set_where_the_table_has_one(string sql, bool hasCounter)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.Execute($"CREATE TABLE other (id INTEGER PRIMARY KEY AUTOINCREMENT); {sql}");

        var rows = new SqliteRowMover(connection);
        rows.SetCounter("T", 7);

        Assert.That(rows.ReadCounter("T"), Is.EqualTo(hasCounter ? 7 : null));
    }
}
