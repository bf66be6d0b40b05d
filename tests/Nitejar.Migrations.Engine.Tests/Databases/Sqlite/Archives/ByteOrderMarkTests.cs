using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Tests.Conformance;
using Nitejar.Migrations.Engine.Tests.Conformance.Archives;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Archives;

/// <summary>
/// A byte order mark may stand before any word: what a Down drops is asked about, archived and put back all the same.
/// </summary>
public sealed class ByteOrderMarkTests : ArchiveFixture<SqliteTestDatabase>
{
    private const string Mark = "\uFEFF";

    [TestCase($"{Mark}DROP TABLE t")]
    [TestCase($"SELECT 1;{Mark}DROP {Mark}TABLE {Mark}t;")]
    [TestCase($"-- first\n{Mark}\n DROP TABLE main . {Mark}t")]
    [TestCase($"/*/ {Mark}; */ DROP TABLE t")]
    public void A_mark_before_a_word_hides_nothing(string down) =>
        RequireReturn("CREATE TABLE t (a)", down, "INSERT INTO t VALUES (7)", "SELECT a FROM t");

    [TestCase($"{Mark}COMMIT")]
    [TestCase($"{Mark};{Mark}END")]
    [TestCase($"/**/{Mark}ROLLBACK")]
    [TestCase($"{Mark}BEGIN")]
    public void A_mark_does_not_hide_the_end_of_the_transaction(string sql)
    {
        var failure = Fail<MigrationFailedException>(
            MigrationsOf.Catalog(
                MigrationsOf.Sql(1, "One", $"CREATE TABLE t (a); {sql}; DROP TABLE t")
            ),
            new UpRequest()
        );

        Assert.That(failure.Message, Does.Contain("must not begin or end a transaction"));
    }

    [Test]
    public void A_mark_does_not_keep_a_statement_in_a_transaction() =>
        Succeed(
            MigrationsOf.Catalog(
                MigrationsOf
                    .Sql(
                        1,
                        "One",
                        $"CREATE TABLE t (a);{Mark}VACUUM;{Mark}CREATE {Mark}TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM t; SELECT 1; END;{Mark}VACUUM"
                    )
                    .WithoutTransaction()
            ),
            new UpRequest()
        );
}
