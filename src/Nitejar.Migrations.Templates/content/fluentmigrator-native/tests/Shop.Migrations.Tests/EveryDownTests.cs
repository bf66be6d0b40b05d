using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Trust.Verifying;
using Nitejar.Migrations.Sqlite;
using NUnit.Framework;
using Shop.Migrations;

namespace Shop.Migrations.Tests;

/// <summary>Applies each migration on a scratch database, with rows, reverts it and applies it again.</summary>
public sealed class EveryDownTests
{
    [Test]
    public void Every_Down_undoes_its_Up()
    {
        var catalog = MigrationCatalog.From(MigrationIndex.All);
        var report = new Verification(
            new SqliteDatabase("scratch.db") { VersionTable = catalog.VersionTable },
            catalog,
            () => RunOrigin.Current("tests")
        ).Run(new VerifySettings(Rows: null), CancellationToken.None);

        Assert.That(report.Migrations.SelectMany(migration => migration.Findings), Is.Empty);
        Assert.That(report.Whole.SelectMany(check => check.Findings), Is.Empty);
    }
}
