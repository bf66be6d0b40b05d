namespace Nitejar.Database;

/// <summary>
/// Something that an agent may do in a repository. Values that this version does not know are kept as they are, so
/// that a newer Nitejar's grants survive being read and written here.
/// </summary>
/// <param name="Value">As stored, for example <c>read_repo</c>; compared exactly.</param>
public sealed record RepoCapability(string Value)
{
    /// <summary>Read the repository.</summary>
    public static readonly RepoCapability ReadRepo = new("read_repo");

    /// <summary>Create a branch.</summary>
    public static readonly RepoCapability CreateBranch = new("create_branch");

    /// <summary>Push to a branch.</summary>
    public static readonly RepoCapability PushBranch = new("push_branch");

    /// <summary>Open a pull request.</summary>
    public static readonly RepoCapability OpenPr = new("open_pr");

    /// <summary>Comment on issues and pull requests.</summary>
    public static readonly RepoCapability Comment = new("comment");

    /// <summary>Ask someone for a review.</summary>
    public static readonly RepoCapability RequestReview = new("request_review");

    /// <summary>Label issues and pull requests.</summary>
    public static readonly RepoCapability LabelIssuePr = new("label_issue_pr");

    /// <summary>Review a pull request.</summary>
    public static readonly RepoCapability ReviewPr = new("review_pr");

    /// <summary>Merge a pull request.</summary>
    public static readonly RepoCapability MergePr = new("merge_pr");

    /// <summary>Every capability that this version knows.</summary>
    public static readonly RepoCapabilitySet Known =
    [
        ReadRepo,
        CreateBranch,
        PushBranch,
        OpenPr,
        Comment,
        RequestReview,
        LabelIssuePr,
        ReviewPr,
        MergePr,
    ];

    /// <summary>Whether this version knows it.</summary>
    public bool IsKnown => Known.Contains(this);

    /// <summary>The value as stored.</summary>
    public override string ToString() => Value;
}
