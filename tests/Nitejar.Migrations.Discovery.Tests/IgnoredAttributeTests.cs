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

    [TestCase(
        "public class NeverAttribute() : FluentMigrator.Runner.Constraints.MigrationConstraintAttribute(_ => false); [Migration(1), Never] public class A : Migration"
    )]
    [TestCase(
        "[Migration(2), FluentMigrator.Runner.Constraints.CurrentVersionMigrationConstraint(1)] public class A : Migration"
    )]
    [TestCase(
        "[FluentMigrator.Runner.Constraints.CurrentVersionMigrationConstraint(1)] public abstract class Base : Migration { } [Migration(2)] public class A : Base"
    )]
    public void A_constraint_is_a_compile_error(string declaration) =>
        Require("NITEJAR013", DiagnosticSeverity.Error, declaration);

    [TestCase("[Migration(1, BreakingChange = true)] public class A : Migration")]
    [TestCase(
        "[TimestampedMigration(2024, 1, 2, 3, 4, BreakingChange = true)] public class A : Migration"
    )]
    public void A_breaking_change_is_a_compile_error(string declaration) =>
        Require("NITEJAR014", DiagnosticSeverity.Error, declaration);

    [Test]
    public void A_change_that_is_not_breaking_is_none() =>
        Assert.That(
            Generated
                .From(Sources.Migration("[Migration(1, BreakingChange = false)]", "A"))
                .Problems,
            Is.Empty
        );

    [Test]
    public void Another_version_table_is_a_compile_error() =>
        Require(
            "NITEJAR015",
            DiagnosticSeverity.Error,
            "[FluentMigrator.Runner.VersionTableInfo.VersionTableMetaData] public class A : FluentMigrator.Runner.VersionTableInfo.DefaultVersionTableMetaData { } public abstract class B : Migration"
        );

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
