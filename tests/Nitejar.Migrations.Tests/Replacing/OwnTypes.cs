using System.Data;
using FluentMigrator.Runner.Generators.Base;
using FluentMigrator.Runner.Generators.SQLite;

namespace Nitejar.Migrations.Tests.Replacing;

/// <summary>An application's types of columns.</summary>
internal sealed class OwnTypes : TypeMapBase, ISQLiteTypeMap
{
    public OwnTypes() => SetupTypeMaps();

    public bool UseStrictTables { get; }

    protected override void SetupTypeMaps()
    {
        SetTypeMap(DbType.Int32, "INT4");
        SetTypeMap(DbType.Int64, "OWN");
        SetTypeMap(DbType.String, "TEXT");
        SetTypeMap(DbType.Guid, "CHAR(36)");
    }
}
