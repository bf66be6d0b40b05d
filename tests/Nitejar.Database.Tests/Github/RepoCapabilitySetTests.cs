namespace Nitejar.Database.Tests.Github;

/// <summary>Sets are equal by content, keep their order, and never change.</summary>
public sealed class RepoCapabilitySetTests
{
    private static readonly RepoCapabilitySet ReadAndComment =
    [
        RepoCapability.ReadRepo,
        RepoCapability.Comment,
    ];

    private static readonly RepoCapabilitySet CommentAndRead =
    [
        RepoCapability.Comment,
        RepoCapability.ReadRepo,
        RepoCapability.Comment,
    ];

    [Test]
    public void Order_and_duplicates_do_not_matter_for_equality()
    {
        Assert.That(ReadAndComment.Equals(CommentAndRead), Is.True);
        Assert.That(ReadAndComment.GetHashCode(), Is.EqualTo(CommentAndRead.GetHashCode()));
        Assert.That(ReadAndComment.Equals(RepoCapabilitySet.Empty), Is.False);
    }

    [Test]
    public void Rows_with_equal_sets_are_equal()
    {
        var row = new AgentRepoCapability { AgentId = "a", GithubRepoId = 1 };

        Assert.That(
            row with
            {
                Capabilities = ReadAndComment,
            },
            Is.EqualTo(row with { Capabilities = CommentAndRead })
        );
    }

    [Test]
    public void Union_and_difference_leave_the_set_as_it_is()
    {
        var more = ReadAndComment.Union([RepoCapability.MergePr]);
        var less = ReadAndComment.Except([RepoCapability.ReadRepo]);

        Assert.That(more.ToString(), Is.EqualTo("read_repo, comment, merge_pr"));
        Assert.That(less.ToString(), Is.EqualTo("comment"));
        Assert.That(ReadAndComment.ToString(), Is.EqualTo("read_repo, comment"));
    }

    [Test]
    public void Known_values_are_those_of_the_schema()
    {
        Assert.That(
            RepoCapability.Known.ToString(),
            Is.EqualTo(
                "read_repo, create_branch, push_branch, open_pr, comment, request_review, label_issue_pr, review_pr, merge_pr"
            )
        );
        Assert.That(RepoCapability.MergePr.IsKnown, Is.True);
        Assert.That(new RepoCapability("teleport").IsKnown, Is.False);
    }
}
