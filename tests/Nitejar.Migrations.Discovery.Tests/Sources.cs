namespace Nitejar.Migrations.Discovery.Tests;

/// <summary>Classes as a project of migrations has them.</summary>
internal static class Sources
{
    /// <summary>The members that a class deriving from Migration needs.</summary>
    public const string Members =
        "public override void Up() => Create.Table(\"t\").WithColumn(\"a\").AsInt32(); public override void Down() => Delete.Table(\"t\");";

    public static string Migration(string attributes, string name) =>
        Class($"{attributes} public class {name} : Migration");

    public static string Class(string declaration) =>
        $$"""
            using System;
            using FluentMigrator;
            {{declaration}} { {{Members}} }
            """;
}
