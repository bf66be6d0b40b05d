using Nitejar.Migrations.Engine.Databases.Sqlite.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Sql;

public sealed class SqliteStatementTests
{
    [TestCase("CREATE TABLE t (a)", nameof(StatementKind.Additive), "t", null)]
    [TestCase("CREATE TABLE IF NOT EXISTS main.[t] (a)", nameof(StatementKind.Additive), "t", null)]
    [TestCase("CREATE UNIQUE INDEX \"i\" ON t (a)", nameof(StatementKind.Additive), "i", null)]
    [TestCase("CREATE TEMP VIEW v AS SELECT 1", nameof(StatementKind.Additive), "v", null)]
    [TestCase(
        "-- why\n/* and */ create index i on t(a)",
        nameof(StatementKind.Additive),
        "i",
        null
    )]
    [TestCase("ALTER TABLE t ADD COLUMN a TEXT", nameof(StatementKind.Additive), "t", "a")]
    [TestCase(
        "ALTER TABLE t ADD a REFERENCES p(id) DEFAULT 1",
        nameof(StatementKind.Other),
        "t",
        "a"
    )]
    [TestCase("ALTER TABLE t RENAME TO u", nameof(StatementKind.RenameTable), "t", null)]
    [TestCase("ALTER TABLE t RENAME a TO b", nameof(StatementKind.RenameColumn), "t", "a")]
    [TestCase("ALTER TABLE t RENAME COLUMN a TO b", nameof(StatementKind.RenameColumn), "t", "a")]
    [TestCase("ALTER TABLE t RENAME", nameof(StatementKind.Other), null, null)]
    [TestCase("ALTER TABLE t DROP COLUMN a", nameof(StatementKind.DropColumn), "t", "a")]
    [TestCase(
        "alter table main.\"T t\" drop [a b]",
        nameof(StatementKind.DropColumn),
        "T t",
        "a b"
    )]
    [TestCase("DROP TABLE t;", nameof(StatementKind.DropTable), "t", null)]
    [TestCase("DROP TABLE IF EXISTS `main`.`t``1`", nameof(StatementKind.DropTable), "t`1", null)]
    [TestCase("DROP TABLE \"if\"", nameof(StatementKind.DropTable), "if", null)]
    [TestCase("DROP INDEX i", nameof(StatementKind.Other), null, null)]
    [TestCase("DELETE FROM \"t\"\"1\" WHERE 1", nameof(StatementKind.Delete), "t\"1", null)]
    [TestCase("WITH x AS (SELECT 1) DELETE FROM t", nameof(StatementKind.Delete), "t", null)]
    [TestCase(
        "with recursive x(a) as (values (1), (2)), \"delete\" as (select ')') delete from main.t where a in x",
        nameof(StatementKind.Delete),
        "t",
        null
    )]
    [TestCase(
        "WITH d AS (SELECT 'DELETE FROM t') SELECT 1",
        nameof(StatementKind.Other),
        null,
        null
    )]
    [TestCase("INSERT INTO t VALUES (1)", nameof(StatementKind.Insert), "t", null)]
    [TestCase("insert /**/ into t SELECT 'do update', ''", nameof(StatementKind.Insert), "t", null)]
    [TestCase(
        "INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING",
        nameof(StatementKind.Insert),
        "t",
        null
    )]
    [TestCase(
        "INSERT INTO t VALUES ('') ON CONFLICT (a) DO UPDATE SET a = 2",
        nameof(StatementKind.Other),
        null,
        null
    )]
    [TestCase(
        "INSERT INTO t VALUES (1) ON CONFLICT (a) DO NOTHING ON CONFLICT DO -- !\n update SET a = 2",
        nameof(StatementKind.Other),
        null,
        null
    )]
    [TestCase("INSERT OR REPLACE INTO t VALUES (1)", nameof(StatementKind.Other), null, null)]
    [TestCase("INSERT OR IGNORE INTO t VALUES (1)", nameof(StatementKind.Other), null, null)]
    [TestCase("REPLACE INTO t VALUES (1)", nameof(StatementKind.Other), null, null)]
    [TestCase("WITH x AS (SELECT 1) INSERT INTO t", nameof(StatementKind.Other), null, null)]
    [TestCase("BEGIN", nameof(StatementKind.TransactionControl), null, null)]
    [TestCase(" ; ;commit", nameof(StatementKind.TransactionControl), null, null)]
    [TestCase("/**/END TRANSACTION", nameof(StatementKind.TransactionControl), null, null)]
    [TestCase("ROLLBACK", nameof(StatementKind.TransactionControl), null, null)]
    [TestCase("ROLLBACK TRANSACTION TO SAVEPOINT s", nameof(StatementKind.Other), null, null)]
    [TestCase("ROLLBACK TO s", nameof(StatementKind.Other), null, null)]
    [TestCase("\uFEFFCOMMIT", nameof(StatementKind.TransactionControl), null, null)]
    [TestCase("\uFEFF;\n\uFEFF ROLLBACK", nameof(StatementKind.TransactionControl), null, null)]
    [TestCase("\uFEFFDROP \uFEFFTABLE \uFEFFt", nameof(StatementKind.DropTable), "t", null)]
    [TestCase("DROP TABLE a\uFEFFb;", nameof(StatementKind.DropTable), "a\uFEFFb", null)]
    [TestCase("DROP\uFEFF TABLE t", nameof(StatementKind.Other), null, null)]
    [TestCase("DROP TABLE \u00A0t\u2028", nameof(StatementKind.DropTable), "\u00A0t\u2028", null)]
    [TestCase("DROP TABLE t_😀;", nameof(StatementKind.DropTable), "t_😀", null)]
    [TestCase("CREATE \uFEFFTRIGGER e\u0301 ", nameof(StatementKind.Additive), "e\u0301", null)]
    [TestCase("DELETE FROM 姓・名", nameof(StatementKind.Delete), "姓・名", null)]
    [TestCase(
        "ALTER TABLE t DROP COLUMN टिप्पणी",
        nameof(StatementKind.DropColumn),
        "t",
        "टिप्पणी"
    )]
    [TestCase("ALTER TABLE t DROP preis_€;", nameof(StatementKind.DropColumn), "t", "preis_€")]
    [TestCase("/*/ COMMIT; */ DROP TABLE t", nameof(StatementKind.DropTable), "t", null)]
    [TestCase("-- only a comment", nameof(StatementKind.Other), null, null)]
    public void A_statement_is_known_by_its_words(
        string sql,
        string kind,
        string? table,
        string? column
    )
    {
        var statement = SqliteStatement.Parse(sql);

        Assert.That(
            (statement.Kind.ToString(), statement.Table, statement.Column),
            Is.EqualTo((kind, table, column))
        );
    }

    [TestCase("ALTER TABLE t RENAME TO u", "u")]
    [TestCase("alter table main.t rename to \"u v\";", "u v")]
    [TestCase("ALTER TABLE t RENAME COLUMN a TO [b c]", "b c")]
    [TestCase("CREATE TABLE t (a)", null)]
    public void What_is_renamed_has_a_new_name(string sql, string? newName) =>
        Assert.That(SqliteStatement.Parse(sql).NewName, Is.EqualTo(newName));

    [TestCase("VACUUM", true)]
    [TestCase(";\uFEFFVACUUM", true)]
    [TestCase("\uFEFFPRAGMA user_version = 1", true)]
    [TestCase("VACUUM\uFEFF", false)]
    [TestCase("DROP TABLE t", false)]
    public void Some_statements_refuse_a_transaction(string sql, bool refuses) =>
        Assert.That(SqliteStatement.RefusesTransaction(sql), Is.EqualTo(refuses));

    [Test]
    public void Names_in_quotes_count_as_words()
    {
        var words = new HashSet<string>();

        SqliteStatement.AddWords(
            "UPDATE \"Big Table\" SET a = (SELECT max(b) FROM [other]) -- not_this",
            words
        );

        Assert.That(words, Is.SupersetOf(new[] { "big table", "other", "a", "b" }));
        Assert.That(words, Does.Not.Contain("not_this"));
    }
}
