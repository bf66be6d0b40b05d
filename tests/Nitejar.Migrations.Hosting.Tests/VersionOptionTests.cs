using System.Text.Json;
using Nitejar.Migrations.Hosting.Process;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests;

public sealed class VersionOptionTests
{
    [Test]
    public void It_is_a_line_by_itself()
    {
        var outcome = new Host().Run("--version");

        Assert.That(outcome.ExitCode, Is.Zero, $"{outcome}");
        Assert.That(outcome.Answer, Is.EqualTo(TestProgram.Alone.Version + "\n"));
    }

    [Test]
    public void It_is_a_field_in_JSON()
    {
        var outcome = new Host().Run("--version", "--json");

        Assert.That(outcome.ExitCode, Is.Zero, $"{outcome}");
        using var answer = JsonDocument.Parse(outcome.Answer);
        Assert.That(
            answer.RootElement.GetProperty("version").GetString(),
            Is.EqualTo(TestProgram.Alone.Version)
        );
    }
}
