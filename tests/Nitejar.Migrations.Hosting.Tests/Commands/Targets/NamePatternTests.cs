using Nitejar.Migrations.Hosting.Commands.Targets;

namespace Nitejar.Migrations.Hosting.Tests.Commands.Targets;

public sealed class NamePatternTests
{
    [TestCase("tenant_a", "tenant_a")]
    [TestCase("*", "")]
    [TestCase("*", "tenant_a")]
    [TestCase("tenant_*", "tenant_")]
    [TestCase("tenant_*", "tenant_a_b")]
    [TestCase("*_a", "tenant_b_a")]
    [TestCase("t*_*a", "tenant_b_a")]
    [TestCase("**a**", "tenant_a")]
    [TestCase("tenant_?", "tenant_a")]
    [TestCase("*?_b", "tenant_b")]
    [TestCase(@"\*", "*")]
    [TestCase(@"a\?*", "a?b")]
    [TestCase(@"a\\b", @"a\b")]
    [TestCase(@"a\b", @"a\b")]
    [TestCase(@"a\", @"a\")]
    [TestCase("mandant_?", "mandant_ä")]
    public void It_stands_for(string pattern, string name) =>
        Assert.That(NamePattern.Matches(pattern, name), Is.True);

    [TestCase("tenant_a", "tenant_ab")]
    [TestCase("tenant_a", "a_tenant_a")]
    [TestCase("tenant_?", "tenant_")]
    [TestCase("tenant_?", "tenant_ab")]
    [TestCase("*_a", "tenant_ab")]
    [TestCase("Tenant_*", "tenant_a")]
    [TestCase(@"\*", "a")]
    [TestCase(@"\?", "a")]
    [TestCase("[ab]", "a")]
    [TestCase("", "a")]
    public void It_does_not_stand_for(string pattern, string name) =>
        Assert.That(NamePattern.Matches(pattern, name), Is.False);

    /// <summary>Tried in every way, it would take longer than anybody waits.</summary>
    [Test, CancelAfter(10_000)]
    public void Many_stars_end_soon() =>
        Assert.That(
            NamePattern.Matches(
                string.Concat(Enumerable.Repeat("*a", 30)) + "b",
                new string('a', 63)
            ),
            Is.False
        );
}
