using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Tests.Statements;

/// <summary>A verb that a statement has is never missed; most that are none are told apart.</summary>
public sealed class SqlVerbsTests
{
    [TestCase("DELETE FROM t")]
    [TestCase("select 1;delete/**/from t")]
    [TestCase("WITH x AS (SELECT 1)DELETE FROM t")]
    [TestCase("/* ON */ DELETE FROM t")]
    [TestCase("SELECT 1 -- on\n;\tDELETE FROM t")]
    [TestCase("SELECT * FROM a JOIN b ON 1; DELETE FROM t")]
    [TestCase("UPDATE t SET a = 1")]
    [TestCase("SELECT 'a'UPDATE")]
    public void A_statement_is_found(string sql) =>
        Assert.That(SqlVerbs.MayHave(sql, "DELETE", "UPDATE"), Is.True);

    [TestCase("CREATE TABLE t (updated_at TEXT, \"deleted\" INTEGER)")]
    [TestCase("CREATE TABLE t (a REFERENCES p ON DELETE CASCADE on\n\tupdate SET NULL)")]
    [TestCase("SELECT delete$, update1, _delete, updateé, édelete")]
    [TestCase("")]
    public void Another_word_is_not(string sql) =>
        Assert.That(SqlVerbs.MayHave(sql, "DELETE", "UPDATE"), Is.False);

    [Test]
    public void Every_character_ends_a_word_or_belongs_to_it_as_SQLite_has_it()
    {
        for (var c = '\0'; c < '\u0100'; c++)
        {
            Assert.That(
                SqlVerbs.MayHave($"DELETE{c}", "DELETE"),
                Is.EqualTo(!(char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or >= '\u0080')),
                $"U+{(int)c:X4}"
            );
        }
    }
}
