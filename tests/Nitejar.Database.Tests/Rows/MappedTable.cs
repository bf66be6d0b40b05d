using System.Reflection;
using System.Runtime.CompilerServices;
using LinqToDB;
using LinqToDB.Mapping;
using Nitejar.Database.Mapping;
using Nitejar.Database.Tests.Databases;

namespace Nitejar.Database.Tests.Rows;

/// <summary>What the mapping, and the type of a row, say of a table.</summary>
/// <param name="NewRow">A row of which only the required properties are set.</param>
internal sealed record MappedTable(object NewRow)
{
    private static readonly Layout Migrated = new(
        HasPluginInstances: false,
        HasAgentHandles: false
    );

    /// <summary>The tables of a database without the tag.</summary>
    public static readonly MappedTable[] All =
    [
        new(new AgentRepoCapability { AgentId = "", GithubRepoId = 0 }),
        new(new Agent { Id = "", Name = "" }),
        new(new GithubInstallation { InstallationId = 0, IntegrationId = "" }),
        new(
            new GithubRepo
            {
                RepoId = 0,
                FullName = "",
                InstallationId = 0,
            }
        ),
        new(
            new Integration
            {
                Id = "",
                Type = "",
                Name = "",
            }
        ),
    ];

    /// <summary>The tables once the rename was followed.</summary>
    public static readonly MappedTable[] Renamed =
    [
        .. All.Where(table => table.NewRow is not Integration)
            .Select(table => table with { Layout = Migrated with { HasPluginInstances = true } }),
        new(
            new PluginInstance
            {
                Id = "",
                PluginId = "",
                Name = "",
            }
        ),
    ];

    public Layout Layout { get; init; } = Migrated;

    /// <summary>What the columns of numbers hold on the kind of database that is looked at.</summary>
    public IntegerRange Integers { get; init; } = IntegerRange.Of64Bits;

    private EntityDescriptor Descriptor =>
        NitejarMapping.Of(Layout, Integers).GetEntityDescriptor(NewRow.GetType());

    public string Name => Descriptor.Name.Name;

    public IEnumerable<ColumnFacts> Columns(Func<DataType, string> typeName) =>
        Descriptor.Columns.Select(column => new ColumnFacts(
            column.ColumnName,
            typeName(column.DataType),
            column.CanBeNull,
            Default(column),
            column.IsPrimaryKey
        ));

    /// <summary>Properties whose type speaks of null otherwise than the mapping.</summary>
    public IEnumerable<string> Contradictions()
    {
        var nullability = new NullabilityInfoContext();
        return Descriptor
            .Columns.Where(column =>
                column.CanBeNull
                != (
                    nullability.Create((PropertyInfo)column.MemberInfo).ReadState
                    == NullabilityState.Nullable
                )
            )
            .Select(column => $"{Name}.{column.MemberName}");
    }

    /// <summary>What becomes of a column that a program leaves out of a new row.</summary>
    private string Default(ColumnDescriptor column)
    {
        if (column.IsIdentity)
            return "identity";

        if (column.ShouldSkip(NewRow, Descriptor, SkipModification.Insert))
            return "now";

        if (column.MemberInfo.IsDefined(typeof(RequiredMemberAttribute)))
            return "none";

        return column.MemberAccessor.GetValue(NewRow) switch
        {
            null => "none",
            bool flag => flag ? "'1'" : "'0'",
            RepoCapabilitySet set => $"'{CapabilitiesJson.Write(set)}'",
            var value => $"'{value}'",
        };
    }
}
