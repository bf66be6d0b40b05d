using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Nitejar.Migrations.Discovery.Tests;

public sealed class RulesTests
{
    [Test]
    public void Every_rule_is_documented_with_its_severity()
    {
        var rules = typeof(MigrationIndexGenerator)
            .Assembly.GetTypes()
            .Where(t => t.Name == "Rules")
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public))
            .Select(f => f.GetValue(null))
            .OfType<DiagnosticDescriptor>()
            .ToArray();

        Assert.That(rules, Is.Not.Empty);
        foreach (var rule in rules)
        {
            var severity = rule.DefaultSeverity == DiagnosticSeverity.Error ? "error" : "warning";
            Assert.That(Page(), Does.Contain($"| {rule.Id} | {severity} |"));
        }
    }

    [Test]
    public void The_example_of_the_page_is_found()
    {
        var example = Page().Split("```csharp\n")[1].Split("```")[0];

        Assert.That(
            Generated.From(example).Evaluate().Select(e => e.Attribute.Version),
            Is.EqualTo(new[] { 20260301090000, 2026007 })
        );
    }

    private static string Page()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Nitejar.Migrations.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return File.ReadAllText(Path.Combine(folder, "docs", "discovery.md"));
    }
}
