using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sqlite.Connections;
using Nitejar.Migrations.Engine.Databases.Sqlite.Schema;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Schema;

/// <summary>Counters belong to tables with AUTOINCREMENT, whatever other tables say in their comments and names.</summary>
public sealed class SqliteSequenceTests
{
    [TestCase("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)", true)]
    [TestCase("CREATE TABLE t (id INTEGER, PRIMARY KEY (id /* ) */ autoincrement))", true)]
    [TestCase("CREATE TABLE t (id INTEGER PRIMARY KEY /* AUTOINCREMENT */)", false)]
    [TestCase(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, \"autoincrement\" DEFAULT ' AUTOINCREMENT ')",
        false
    )]
    public void A_counter_is_raised_where_the_table_has_one(string sql, bool hasCounter)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.Execute($"CREATE TABLE other (id INTEGER PRIMARY KEY AUTOINCREMENT); {sql}");

        SqliteSequence.Raise(connection, "T", 7);

        Assert.That(SqliteSequence.Read(connection, "T"), Is.EqualTo(hasCounter ? 7 : null));
    }
}
