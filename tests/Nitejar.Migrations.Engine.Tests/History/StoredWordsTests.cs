using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.History;

namespace Nitejar.Migrations.Engine.Tests.History;

/// <summary>What is written is read as the same, and nothing else is taken for it.</summary>
public sealed class StoredWordsTests
{
    [Test]
    public void Every_member_has_a_word_of_its_own()
    {
        ThereAndBack(JournalWords.Directions);
        ThereAndBack(JournalWords.Outcomes);
        ThereAndBack(JournalWords.Reversals);
        ThereAndBack(VersionArchiveTable.Scopes);
        ThereAndBack(VersionArchiveTable.States);
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("Applied")]
    [TestCase("applied ")]
    [TestCase("superseded")]
    public void Another_word_stands_for_none(string? word) =>
        Assert.That(JournalWords.Outcomes.Find(word), Is.Null);

    private static void ThereAndBack<T>(StoredWords<T> words)
        where T : struct, Enum
    {
        foreach (var member in Enum.GetValues<T>())
        {
            Assert.That(words.Find(words.Of(member)), Is.EqualTo(member));
        }
    }
}
