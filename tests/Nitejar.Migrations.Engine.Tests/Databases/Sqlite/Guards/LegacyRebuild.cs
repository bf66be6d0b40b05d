using Nitejar.Migrations.Engine.Tests.Conformance.Rows;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Guards;

/// <summary>The order that SQLite's documentation gives, with what lets views and triggers be out of order for a while.</summary>
internal static class LegacyRebuild
{
    public const string Agents = $"""
        PRAGMA legacy_alter_table=ON;
        {HandWrittenRebuild.Rebuild}
        PRAGMA legacy_alter_table=OFF;
        """;
}
