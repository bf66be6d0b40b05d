namespace Nitejar.Migrations.Discovery.Tests;

public sealed class BodiesTests
{
    private const string Create = "Create.Table(\"t\").WithColumn(\"a\").AsInt32();";
    private const string Delete = "Delete.Table(\"t\");";

    [TestCase(
        "async void Up() { await System.Threading.Tasks.Task.Yield(); " + Create + " }",
        "void Down() { " + Delete + " }",
        "NITEJAR016"
    )]
    [TestCase(
        "void Up() { " + Create + " }",
        "async void Down() => await System.Threading.Tasks.Task.Yield();",
        "NITEJAR016"
    )]
    [TestCase(
        "void Up() { }",
        "void Down() => throw new System.NotSupportedException(\"1_A has no Down yet.\");",
        "NITEJAR017"
    )]
    [TestCase(
        "void Up() { /* to be written */ }",
        "void Down() { throw new System.NotImplementedException(); }",
        "NITEJAR017"
    )]
    [TestCase(
        "void Up() { " + Create + " }",
        "void Down() => throw new System.NotSupportedException();",
        "NITEJAR018"
    )]
    [TestCase("void Up() => " + Create, "void Down() { }", "NITEJAR018")]
    public void What_cannot_work_is_reported(string up, string down, string rule)
    {
        var problem = Generated.From(Class(up, down)).Problems.Single();

        Assert.That(problem.Id, Is.EqualTo(rule));
        Assert.That(problem.GetMessage(), Does.StartWith("A has "));
    }

    [TestCase("void Up() { }", "void Down() { }")]
    [TestCase("void Up() { }", "void Down() { " + Delete + " }")]
    [TestCase(
        "void Up() { " + Create + " }",
        "void Down() { if (Schema is null) throw new System.InvalidOperationException(); "
            + Delete
            + " }"
    )]
    public void What_may_be_meant_is_not(string up, string down) =>
        Assert.That(Generated.From(Class(up, down)).Problems, Is.Empty);

    [Test]
    public void A_base_class_without_a_Down_is_a_decision() =>
        Assert.That(
            Generated
                .From(
                    "public abstract class Forward : FluentMigrator.Migration { public override void Down() { } }",
                    "[FluentMigrator.Migration(1)] public class A : Forward { public override void Up() { "
                        + Create
                        + " } }",
                    "[FluentMigrator.Migration(2)] public class B : FluentMigrator.ForwardOnlyMigration { public override void Up() { "
                        + Create
                        + " } }"
                )
                .Problems,
            Is.Empty
        );

    [Test]
    public void An_asynchronous_Up_of_a_base_class_is_reported_too() =>
        Assert.That(
            Generated
                .From(
                    "public abstract class Late : FluentMigrator.AutoReversingMigration { public override async void Up() => await System.Threading.Tasks.Task.Yield(); }",
                    "[FluentMigrator.Migration(1)] public class A : Late { }"
                )
                .Rules,
            Is.EqualTo(new[] { "NITEJAR016" })
        );

    private static string Class(string up, string down) =>
        $$"""
            using FluentMigrator;
            [Migration(1)] public class A : Migration
            {
                public override {{up}}
                public override {{down}}
            }
            """;
}
