using Nitejar.Migrations.Hosting.Commands.Options;

namespace Nitejar.Migrations.Hosting.Tests.Commands.Options;

public sealed class SharedOptionsTests
{
    [TestCase("20240501120000", 20240501120000)]
    [TestCase("20240501120000_GithubIntegration", 20240501120000)]
    [TestCase("20240501120000_GithubIntegration.cs", 20240501120000)]
    [TestCase("1", 1)]
    [TestCase("007", 7)]
    [TestCase("1_", 1)]
    [TestCase("9223372036854775807", long.MaxValue)]
    public void A_version_is_the_number_before_the_name(string text, long version)
    {
        Assert.That(SharedOptions.ToVersion(text), Is.EqualTo(version));
    }

    [TestCase("")]
    [TestCase("_Name")]
    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("+1")]
    [TestCase(" 1")]
    [TestCase("1 ")]
    [TestCase("1.0")]
    [TestCase("1,000")]
    [TestCase("0x1")]
    [TestCase("GithubIntegration")]
    [TestCase("9223372036854775808")]
    public void Anything_else_is_none(string text)
    {
        Assert.That(SharedOptions.ToVersion(text), Is.Null);
    }
}
