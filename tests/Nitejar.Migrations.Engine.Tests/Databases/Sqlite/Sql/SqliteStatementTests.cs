using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Sql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Sql;

public sealed class SqliteStatementTests
{
    [TestCase("CREATE TABLE t (a)", "MakeTable t")]
    [TestCase("CREATE TABLE IF NOT EXISTS main.[t] (a)", "MakeTable main.t if missing")]
    [TestCase("create virtual table t using fts5(a)", "MakeTable t")]
    [TestCase("CREATE TABLE t AS SELECT 1 AS a", "MakeTable t of query")]
    [TestCase(
        "CREATE TABLE t (a REFERENCES p, b, FOREIGN KEY (b) REFERENCES main.\"q\" (id))",
        "MakeTable t, Refer t to p, Refer t to main.q"
    )]
    [TestCase("CREATE UNIQUE INDEX \"i\" ON t (a)", "MakeIndex i on t unique")]
    [TestCase("CREATE TEMP VIEW v AS SELECT 1", "MakeView v temporary")]
    [TestCase("CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 'references'; END", "MakeTrigger r")]
    [TestCase("-- why\n/* and */ create index i on t(a)", "MakeIndex i on t")]
    [TestCase("ALTER TABLE t ADD COLUMN a TEXT", "AddColumn t.a")]
    [TestCase(
        "ALTER TABLE t ADD a REFERENCES p(id) DEFAULT 1",
        "AddColumn t.a, Refer t to p opaque"
    )]
    [TestCase("ALTER TABLE t RENAME TO u", "RenameTable t to u")]
    [TestCase("alter table main.t rename to \"u v\";", "RenameTable main.t to u v")]
    [TestCase("ALTER TABLE t RENAME a TO b", "RenameColumn t.a to b")]
    [TestCase("ALTER TABLE t RENAME COLUMN a TO [b c]", "RenameColumn t.a to b c")]
    [TestCase("ALTER TABLE t RENAME", "opaque")]
    [TestCase("ALTER TABLE t DROP COLUMN a", "DropColumn t.a")]
    [TestCase("alter table main.\"T t\" drop [a b]", "DropColumn main.T t.a b")]
    [TestCase("DROP TABLE t;", "DropTable t")]
    [TestCase("DROP TABLE IF EXISTS `main`.`t``1`", "DropTable main.t`1")]
    [TestCase("DROP TABLE \"if\"", "DropTable if")]
    [TestCase("DROP INDEX i", "DropObject i opaque")]
    [TestCase("DROP VIEW IF EXISTS temp.v", "DropObject temp.v opaque")]
    [TestCase("DELETE FROM \"t\"\"1\" WHERE 1", "Delete t\"1")]
    [TestCase("WITH x AS (SELECT 1) DELETE FROM t", "Delete t")]
    [TestCase(
        "with recursive x(a) as (values (1), (2)), \"delete\" as (select ')') delete from main.t where a in x",
        "Delete main.t"
    )]
    [TestCase("WITH d AS (SELECT 'DELETE FROM t') SELECT 1", "opaque")]
    [TestCase(
        "UPDATE t SET a = (SELECT b, c FROM d), (e, \"f\") = (1, 2)",
        "Update t.a, Update t.e, Update t.f"
    )]
    [TestCase("INSERT INTO t VALUES (1)", "Insert t values")]
    [TestCase("insert /**/ into t SELECT 'do update', ''", "Insert t by SELECT 'do update', ''")]
    [TestCase("INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING", "Insert t values")]
    [TestCase("INSERT INTO t VALUES ('') ON CONFLICT (a) DO UPDATE SET a = 2", "opaque")]
    [TestCase(
        "INSERT INTO t VALUES (1) ON CONFLICT (a) DO NOTHING ON CONFLICT DO -- !\n update SET a = 2",
        "opaque"
    )]
    [TestCase("INSERT OR REPLACE INTO t VALUES (1)", "opaque replacing")]
    [TestCase("INSERT OR IGNORE INTO t VALUES (1)", "opaque")]
    [TestCase("REPLACE INTO t VALUES (1)", "opaque replacing")]
    [TestCase("WITH x AS (SELECT 1) INSERT INTO t", "opaque")]
    [TestCase("BEGIN", "transaction")]
    [TestCase(" ; ;commit", "transaction")]
    [TestCase("/**/END TRANSACTION", "transaction")]
    [TestCase("ROLLBACK", "transaction")]
    [TestCase("ROLLBACK TRANSACTION TO SAVEPOINT s", "opaque")]
    [TestCase("ROLLBACK TO s", "opaque")]
    [TestCase("\uFEFFCOMMIT", "transaction")]
    [TestCase("\uFEFF;\n\uFEFF ROLLBACK", "transaction")]
    [TestCase("\uFEFFDROP \uFEFFTABLE \uFEFFt", "DropTable t")]
    [TestCase("DROP TABLE a\uFEFFb;", "DropTable a\uFEFFb")]
    [TestCase("DROP\uFEFF TABLE t", "opaque")]
    [TestCase("DROP TABLE \u00A0t\u2028", "DropTable \u00A0t\u2028")]
    [TestCase("DROP TABLE t_😀;", "DropTable t_😀")]
    [TestCase("CREATE \uFEFFTRIGGER e\u0301 ", "MakeTrigger e\u0301")]
    [TestCase("DELETE FROM 姓・名", "Delete 姓・名")]
    [TestCase("ALTER TABLE t DROP COLUMN टिप्पणी", "DropColumn t.टिप्पणी")]
    [TestCase("ALTER TABLE t DROP preis_€;", "DropColumn t.preis_€")]
    [TestCase("/*/ COMMIT; */ DROP TABLE t", "DropTable t")]
    [TestCase("-- only a comment", "opaque")]
    public void The_effects_of_a_statement_are_known_by_its_words(string sql, string effects) =>
        Assert.That(Text(SqliteStatement.Parse(sql)), Is.EqualTo(effects));

    [TestCase("CREATE TABLE t (a REFERENCES p)", true)]
    [TestCase("ALTER TABLE t ADD COLUMN a", true)]
    [TestCase("ALTER TABLE t ADD COLUMN a REFERENCES p", false)]
    [TestCase("INSERT INTO t VALUES (1)", false)]
    [TestCase("DROP VIEW v", false)]
    [TestCase("SELECT 1", false)]
    public void Statements_that_only_add_cannot_touch_rows(string sql, bool onlyAdds) =>
        Assert.That(SqliteStatement.Parse(sql).OnlyAdds, Is.EqualTo(onlyAdds));

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

    private static string Text(Statement statement)
    {
        string?[] words =
        [
            string.Join(", ", statement.Effects.Select(Text)),
            statement.MakesTableOfQuery ? "of query" : null,
            statement.MakesUnique ? "unique" : null,
            statement.InsertsValues ? "values" : null,
            statement.Query is { } query ? $"by {query}" : null,
            statement.IsOpaque ? "opaque" : null,
            statement.ControlsTransaction ? "transaction" : null,
            statement.ReplacesRows ? "replacing" : null,
        ];
        return string.Join(' ', words.Where(word => !string.IsNullOrEmpty(word)));
    }

    private static string Text(Effect effect) =>
        $"{effect.Kind} {effect.Object}"
        + (effect.Column is { } column ? $".{column}" : "")
        + (effect.NewName is { } name ? $" to {name}" : "")
        + (effect is { Kind: EffectKind.Refer, Table: { } parent } ? $" to {parent}" : "")
        + (effect is { Kind: EffectKind.MakeIndex, Table: { } table } ? $" on {table}" : "")
        + (effect.IsTemporary ? " temporary" : "")
        + (effect.OnlyIfMissing ? " if missing" : "");
}
