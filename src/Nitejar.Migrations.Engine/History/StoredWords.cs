namespace Nitejar.Migrations.Engine.History;

/// <summary>The words by which a column of the migrator's own tables holds an enum: one for each member, both ways.</summary>
/// <param name="wordOf">The word of every member.</param>
internal sealed class StoredWords<T>(Func<T, string> wordOf)
    where T : struct, Enum
{
    private readonly (string Word, T Member)[] _members = Array.ConvertAll(
        Enum.GetValues<T>(),
        member => (wordOf(member), member)
    );

    /// <summary>The word that is stored for a member.</summary>
    public string Of(T member) => wordOf(member);

    /// <summary>The member that a word stands for; <see langword="null"/> for the words of newer releases, and for none.</summary>
    public T? Find(string? word)
    {
        foreach (var (known, member) in _members)
        {
            if (known == word)
            {
                return member;
            }
        }

        return null;
    }
}
