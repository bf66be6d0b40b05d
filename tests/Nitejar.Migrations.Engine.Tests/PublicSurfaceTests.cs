using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Sqlite;
using Nitejar.Tests.Surface;

namespace Nitejar.Migrations.Engine.Tests;

public sealed class PublicSurfaceTests
{
    [TestCase(typeof(MigrateException))]
    [TestCase(typeof(SqliteDriver))]
    [TestCase(typeof(PostgresDriver))]
    public void What_is_public_was_approved(Type root) =>
        ApprovedSurface.Matches(root.Assembly, "Nitejar.Migrations.Engine.Tests");
}
