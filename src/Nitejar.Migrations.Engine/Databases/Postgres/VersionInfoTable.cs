namespace Nitejar.Migrations.Engine.Databases.Postgres;

/// <summary>FluentMigrator's own table of applied versions, as its runner makes it on PostgreSQL.</summary>
internal static class VersionInfoTable
{
    /// <summary>What stock FluentMigrator 8.0.1 leaves behind.</summary>
    public const string Create = """
        CREATE TABLE IF NOT EXISTS "public"."VersionInfo" ("Version" bigint NOT NULL, "AppliedOn" timestamp, "Description" varchar(1024));
        CREATE UNIQUE INDEX IF NOT EXISTS "UC_Version" ON "public"."VersionInfo" ("Version" ASC);
        """;
}
