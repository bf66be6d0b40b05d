using FluentMigrator.Runner.VersionTableInfo;

namespace Nitejar.Migrations.Engine.Databases.Sql;

/// <summary>FluentMigrator's table of applied versions: <c>VersionInfo</c>, or what an <see cref="IVersionTableMetaData"/> names.</summary>
public sealed record VersionTable
{
    private VersionTable() { }

    /// <summary>The table that FluentMigrator makes unless a project says otherwise.</summary>
    public static VersionTable Standard { get; } = new();

    /// <summary>Its schema; <see langword="null"/> for the one of the migrations. Not read where a kind of database has none.</summary>
    public string? Schema { get; private init; }

    /// <summary>Its name.</summary>
    public string Name { get; private init; } = "VersionInfo";

    /// <summary>The column of the versions.</summary>
    public string VersionColumn { get; private init; } = "Version";

    /// <summary>The column of the times.</summary>
    public string AppliedOnColumn { get; private init; } = "AppliedOn";

    /// <summary>The column of the descriptions.</summary>
    public string DescriptionColumn { get; private init; } = "Description";

    /// <summary>The unique index of the versions, or the name of their primary key.</summary>
    public string UniqueIndex { get; private init; } = "UC_Version";

    /// <summary>Whether the versions are the primary key of a table that is made.</summary>
    public bool HasPrimaryKey { get; private init; }

    /// <summary>Reads what a project's class says.</summary>
    /// <exception cref="ArgumentException">A name is missing, is there twice, or is that of another table of the migrator.</exception>
    public static VersionTable Of(IVersionTableMetaData metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var table = new VersionTable
        {
            Schema = string.IsNullOrEmpty(metadata.SchemaName) ? null : metadata.SchemaName,
            Name = metadata.TableName,
            VersionColumn = metadata.ColumnName,
            AppliedOnColumn = metadata.AppliedOnColumnName,
            DescriptionColumn = metadata.DescriptionColumnName,
            UniqueIndex = metadata.UniqueIndexName,
            HasPrimaryKey = metadata.CreateWithPrimaryKey,
        };
        table.Require(metadata.GetType());
        return table;
    }

    /// <summary>Its name.</summary>
    public override string ToString() => Name;

    private void Require(Type metadata)
    {
        foreach (
            var name in (string[])
                [Name, VersionColumn, AppliedOnColumn, DescriptionColumn, UniqueIndex]
        )
        {
            if (string.IsNullOrWhiteSpace(name))
            {
                throw new ArgumentException(
                    $"{metadata} leaves a name of the version table, its columns or its index empty."
                );
            }
        }

        if (
            IsSame(VersionColumn, AppliedOnColumn)
            || IsSame(VersionColumn, DescriptionColumn)
            || IsSame(AppliedOnColumn, DescriptionColumn)
        )
        {
            throw new ArgumentException($"{metadata} gives two columns the same name.");
        }

        if (
            Name.StartsWith("VersionJournal", StringComparison.OrdinalIgnoreCase)
            || Name.StartsWith("VersionArchive", StringComparison.OrdinalIgnoreCase)
        )
        {
            throw new ArgumentException(
                $"{metadata} names the table {Name}, which is one of the migrator's own."
            );
        }
    }

    private static bool IsSame(string one, string other) =>
        one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
