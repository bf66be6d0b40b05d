using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nitejar.Migrations.Discovery.Tests;

/// <summary>Generated code keeps the columns of rows, which FluentMigrator reads by reflection.</summary>
public sealed class RowTests
{
    private const string Types = """
        public sealed class Role { public int Id { get; set; } }
        public class Open { public int Id { get; set; } }
        public struct Point { public int X { get; set; } }
        public enum Kind { A }
        internal class Outer { private class Hidden { } }
        """;

    [TestCase(
        "Insert.IntoTable(\"t\").Row(new { id = 1, name = \"a\" });",
        "Keep(new { id = default(int), name = default(string) });"
    )]
    [TestCase(
        "Delete.FromTable(\"t\").Row(new { id = Kind.A });",
        "Keep(new { id = default(global::Kind) });"
    )]
    [TestCase(
        "Update.Table(\"t\").Set(new { @class = DateTime.UtcNow }).Where(new { id = (int?)1 });",
        "Keep(new { @class = default(global::System.DateTime) }); Keep(new { id = default(int?) });"
    )]
    [TestCase(
        "Update.Table(\"t\").Set(new { a = (dynamic)1 }).AllRows();",
        "Keep(new { a = default(object) });"
    )]
    [TestCase(
        "Insert.IntoTable(\"t\").Rows(new { id = 1 }, new { id = 2 });",
        "Keep(new { id = default(int) });"
    )]
    [TestCase(
        "Insert.IntoTable(\"t\").Rows(new object[] { new { id = new byte[0] }, new Role() });",
        "Keep(new { id = default(byte[]) }); Keep<global::Role>();"
    )]
    [TestCase(
        "foreach (var row in new[] { new { id = 1 } }) { Insert.IntoTable(\"t\").Row(row); }",
        "Keep(new { id = default(int) });"
    )]
    [TestCase(
        "object Make() => new { id = Guid.Empty }; _ = Make();",
        "Keep(new { id = default(global::System.Guid) });"
    )]
    [TestCase("Insert.IntoTable(\"t\").Row(new Open());", "Keep<global::Open>();")]
    [TestCase("Insert.IntoTable(\"t\").Row(new Point());", "Keep<global::Point>();")]
    [TestCase(
        "Insert.IntoTable(\"t\").Row(new { a = new { b = 1 } });",
        "Keep(new { a = new { b = default(int) } }); Keep(new { b = default(int) });"
    )]
    [TestCase(
        "Insert.IntoTable(\"t\").Row(new System.Collections.Generic.Dictionary<string, object> { [\"id\"] = 1 });",
        ""
    )]
    [TestCase("Update.Table(\"t\").Set(\"a = 1\").Where(RawSql.Insert(\"a = 2\"));", "")]
    [TestCase("Execute.Sql(\"SELECT 1\");", "")]
    public void Rows_are_kept(string up, string kept)
    {
        var generated = Generated.From(Migration(up));

        Assert.That(generated.Problems, Is.Empty);
        Assert.That(string.Join(' ', generated.KeptRows), Is.EqualTo(kept));
        Assert.That(generated.Evaluate(), Has.Count.EqualTo(1));
    }

    [TestCase("object row = new Role(); Insert.IntoTable(\"t\").Row(row);", "object")]
    [TestCase("Insert.IntoTable(\"t\").Rows((object)new { a = 1 });", "object")]
    [TestCase(
        "dynamic row = new Role(); Update.Table(\"t\").Set((object)row).AllRows();",
        "object"
    )]
    [TestCase("Open row = new Open(); Delete.FromTable(\"t\").Row(row);", "Open")]
    [TestCase("void Add<T>(T row) => Insert.IntoTable(\"t\").Row(row); Add(1);", "T")]
    public void A_row_of_a_type_that_is_not_known_is_an_error(string up, string type)
    {
        var problem = Generated.From(Migration(up)).Problems.Single();

        Assert.That(
            (problem.Id, problem.Severity),
            Is.EqualTo(("NITEJAR019", DiagnosticSeverity.Error))
        );
        Assert.That(
            problem.GetMessage(CultureInfo.InvariantCulture),
            Does.Contain($"it is known as {type} only")
        );
    }

    [TestCase(
        "Insert.IntoTable(\"t\").Row(new Mine { Id = 1 });",
        "private sealed class Mine { public int Id { get; set; } }"
    )]
    [TestCase("Insert.IntoTable(\"t\").Row(new { a = Own.A });", "private enum Own { A }")]
    [TestCase(
        "Insert.IntoTable(\"t\").Row(new { a = (Old)null });",
        "[Obsolete(\"no\", true)] public sealed class Old { }"
    )]
    public void A_row_that_generated_code_cannot_name_is_an_error(string up, string member)
    {
        var generated = Generated.From(Migration(up, member));

        Assert.That(generated.Rules, Is.EqualTo(new[] { "NITEJAR019" }));
    }

    /// <summary>The trimmer knows from the attribute what to keep, whatever the type is.</summary>
    [TestCase("PublicProperties", true)]
    [TestCase("All", true)]
    [TestCase("PublicFields", false)]
    public void A_row_of_a_type_parameter_may_say_that_its_properties_are_kept(
        string kept,
        bool isEnough
    )
    {
        const string Attribute = "System.Diagnostics.CodeAnalysis.DynamicallyAccessedMember";

        var generated = Generated.From(
            Migration(
                "Add(new Open());",
                $"void Add<[{Attribute}s({Attribute}Types.{kept})] T>(T row) => Insert.IntoTable(\"t\").Row(row);"
            )
        );

        Assert.That(generated.Rules, Is.EqualTo(isEnough ? [] : new[] { "NITEJAR019" }));
    }

    [Test]
    public void Generated_code_compiles_in_an_old_language() =>
        Assert.That(
            Generated
                .From(
                    new Generated.Project(LanguageVersion.CSharp7_3),
                    Migration("Insert.IntoTable(\"t\").Row(new { id = 1, b = (1, \"x\") });")
                )
                .KeptRows,
            Is.EqualTo(new[] { "Keep(new { id = default(int), b = default((int, string)) });" })
        );

    [Test]
    public void An_own_attribute_for_the_trimmer_is_no_obstacle() =>
        Assert.That(
            Generated
                .From(
                    Migration("Insert.IntoTable(\"t\").Row(new { id = 1 });"),
                    "namespace System.Diagnostics.CodeAnalysis { internal sealed class DynamicallyAccessedMembersAttribute : System.Attribute { } }"
                )
                .Problems,
            Is.Empty
        );

    private static string Migration(string up, string member = "") =>
        $$"""
            using System;
            using FluentMigrator;
            {{Types}}
            [Migration(1)] public class A : Migration
            {
                {{member}}
                public override void Up() { {{up}} }
                public override void Down() { Execute.Sql("SELECT 1"); }
            }
            """;
}
