using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Hosting.Output.Schemas;

/// <summary>A view or a trigger.</summary>
/// <param name="Kind"><c>view</c> or <c>trigger</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Table">The table or view of a trigger; <see langword="null"/> for a view.</param>
/// <param name="Sql">The statement that makes it.</param>
internal sealed record OtherObject(string Kind, string Name, ObjectName? Table, string Sql)
{
    /// <summary>All of a schema, in the order of names.</summary>
    public static IEnumerable<OtherObject> Of(DatabaseSchema schema) =>
        schema
            .Views.Select(view => new OtherObject(
                "view",
                view.Name.ToString(),
                null,
                view.Definition.Raw
            ))
            .Concat(schema.Tables.SelectMany(table => Triggers(table.Name, table.Triggers)))
            .Concat(schema.Views.SelectMany(view => Triggers(view.Name, view.Triggers)))
            .OrderBy(other => other.Name, StringComparer.Ordinal);

    private static IEnumerable<OtherObject> Triggers(
        ObjectName table,
        IEnumerable<Trigger> triggers
    ) =>
        triggers.Select(trigger => new OtherObject(
            "trigger",
            trigger.Name,
            table,
            trigger.Definition.Raw
        ));
}
