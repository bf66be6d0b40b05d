namespace Nitejar.Database.Mapping;

/// <summary>The schema's integers by what they mean, on one kind of database.</summary>
/// <param name="range">What its columns hold.</param>
internal sealed class Conversions(IntegerRange range)
{
    /// <summary>When rows were made and changed.</summary>
    public EpochSeconds Times { get; } = new(range);

    /// <summary>The surrogate keys of installations.</summary>
    public NumberConversion InstallationKeys { get; } = new(range, Names.InstallationKey);

    /// <summary>The surrogate keys of repositories.</summary>
    public NumberConversion RepoKeys { get; } = new(range, Names.RepoKey);

    /// <summary>GitHub's numbers of installations.</summary>
    public NumberConversion Installations { get; } = new(range, Names.InstallationNumber);

    /// <summary>GitHub's numbers of accounts.</summary>
    public NumberConversion Accounts { get; } = new(range, Names.AccountNumber);

    /// <summary>GitHub's numbers of repositories.</summary>
    public NumberConversion Repos { get; } = new(range, Names.RepoNumber);
}
