using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Nitejar.Migrations.Discovery.Tests;

/// <summary>What FluentMigrator would follow and nitejar-migrate does not is never ignored in silence.</summary>
public sealed class IgnoredAttributeTests
{
    private const string Maintenance = "Maintenance(MigrationStage.AfterAll)";

    [TestCase("[" + Maintenance + "] public class A : Migration")]
    [TestCase("[" + Maintenance + ", Migration(1)] public class A : Migration")]
    [TestCase(
        "public class DailyAttribute() : MaintenanceAttribute(MigrationStage.BeforeAll); [Daily] public class A : Migration"
    )]
    public void Maintenance_is_a_compile_error(string declaration) =>
        Require("NITEJAR011", DiagnosticSeverity.Error, declaration);

    [TestCase("[Profile(\"Development\")] public class A : Migration")]
    [TestCase("[Profile(\"Development\"), Migration(1)] public class A : Migration")]
    public void A_profile_is_a_warning(string declaration) =>
        Require("NITEJAR012", DiagnosticSeverity.Warning, declaration);

    private static void Require(string rule, DiagnosticSeverity severity, string declaration)
    {
        var problem = Generated.From(Sources.Class(declaration)).Problems.Single();

        Assert.That((problem.Id, problem.Severity), Is.EqualTo((rule, severity)));
        Assert.That(
            problem.GetMessage(CultureInfo.InvariantCulture),
            Does.StartWith("A ").And.Contain("remove the")
        );
    }
}
