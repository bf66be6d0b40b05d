using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Schema.Catalog;

namespace Nitejar.Migrations.Postgres.Schema;

/// <summary>Turns what the catalogs say of a table into the model.</summary>
internal sealed class PostgresTableBuilder
{
    private readonly CatalogContent _catalog;
    private readonly string _schema;
    private readonly RelationRow _table;
    private readonly Dictionary<int, string> _names;

    private PostgresTableBuilder(CatalogContent catalog, string schema, RelationRow table)
    {
        _catalog = catalog;
        _schema = schema;
        _table = table;
        _names = catalog.Columns[table.Id].ToDictionary(c => c.Number, c => c.Name);
    }

    /// <summary>Builds a table.</summary>
    /// <param name="catalog">What the catalogs say.</param>
    /// <param name="schema">The schema that was read, whose name is left out of names.</param>
    /// <param name="table">The table.</param>
    public static Table Build(CatalogContent catalog, string schema, RelationRow table) =>
        new PostgresTableBuilder(catalog, schema, table).Build();

    /// <summary>Builds the indexes of a table or of a view that keeps its rows.</summary>
    public static IReadOnlyList<Index> IndexesOf(
        CatalogContent catalog,
        string schema,
        RelationRow relation
    ) => new PostgresTableBuilder(catalog, schema, relation).Indexes();

    /// <summary>Returns the triggers of a table or a view.</summary>
    public static IReadOnlyList<Trigger> TriggersOf(CatalogContent catalog, RelationRow relation) =>
        [
            .. catalog
                .Parts[relation.Id]
                .Where(part => part.Kind == PartRow.Trigger)
                .Select(part => new Trigger(part.Name, PostgresSql.Of(part.Definition))),
        ];

    private Table Build()
    {
        var name = new ObjectName(null, _table.Name);
        var columns = _catalog.Columns[_table.Id].Select(Column).ToArray();
        var definition = TableDefinition.Write(_catalog, _table);
        return new Table(name, TableTraits.Ordinary with { Kind = Kind() }, columns, definition)
        {
            PrimaryKey = Constraints("p").Select(Key).FirstOrDefault(),
            ForeignKeys = [.. Constraints("f").Select(ForeignKey)],
            Uniques = [.. Constraints("u").Select(Key)],
            Checks = [.. Constraints("c").Select(Check)],
            Indexes = Indexes(),
            Triggers = TriggersOf(_catalog, _table),
            OtherParts = TableParts.Of(_catalog, _table),
        };
    }

    private TableKind Kind() =>
        _table switch
        {
            { Kind: "f" } => TableKind.Foreign,
            { Kind: "p" } => TableKind.Partitioned,
            { Kind: "r", PartitionBound: not null } => TableKind.Partition,
            { Kind: "r" } => TableKind.Ordinary,
            _ => throw PostgresCatalog.Unknown("kind of relation", _table.Kind),
        };

    private IEnumerable<ConstraintRow> Constraints(string kind) =>
        _catalog.Constraints[_table.Id].Where(constraint => constraint.Kind == kind);

    private Column Column(ColumnRow column)
    {
        var counter = _catalog.Counters[(_table.Id, column.Number)].FirstOrDefault();
        var isSerial =
            column is { Expression: { } value, Generated: "" }
            && value.StartsWith("nextval(", StringComparison.Ordinal);
        return new Column(column.Name, PostgresTypes.TypeOf(column), !column.IsRequired)
        {
            Default = column is { Expression: { } text, Generated: "" }
                ? PostgresSql.Default(text)
                : null,
            Generated = column is { Expression: { } expression, Generated: not "" }
                ? new GeneratedValue(PostgresSql.Of(expression), column.Generated == "s")
                : null,
            IsIdentity = column.Identity.Length > 0 || isSerial,
            Identity = column.Identity switch
            {
                "a" => IdentityKind.Always,
                "d" => IdentityKind.ByDefault,
                "" => IdentityKind.Implied,
                _ => throw PostgresCatalog.Unknown("kind of identity", column.Identity),
            },
            Numbers = counter is null ? null : PostgresSql.Of(counter.Definition),
            Collation = column.Collation,
        };
    }

    private Key Key(ConstraintRow key) =>
        new(key.Name, [.. key.Columns.Select(n => IndexPart.Of(_names[n]))], ConflictRule.Abort)
        {
            Deferral = DeferralOf(key),
        };

    private static Check Check(ConstraintRow check) =>
        new(check.Name, PostgresSql.Of(ConditionOf(check.Definition)))
        {
            IsValidated = check.IsValidated,
        };

    private ForeignKey ForeignKey(ConstraintRow key) =>
        new(
            [.. key.Columns.Select(number => _names[number])],
            new ObjectName(key.ParentSchema == _schema ? null : key.ParentSchema, key.ParentName!),
            [.. key.ParentColumns.Select(number => _catalog.Referred[(key.Parent, number)])]
        )
        {
            Name = key.Name,
            OnDelete = ActionOf(key.OnDelete),
            OnUpdate = ActionOf(key.OnUpdate),
            Deferral = DeferralOf(key),
            IsValidated = key.IsValidated,
        };

    private static Deferral DeferralOf(ConstraintRow constraint) =>
        !constraint.IsDeferrable ? Deferral.NotDeferrable
        : constraint.IsDeferred ? Deferral.InitiallyDeferred
        : Deferral.InitiallyImmediate;

    private static ReferentialAction ActionOf(string letter) =>
        letter switch
        {
            "r" => ReferentialAction.Restrict,
            "c" => ReferentialAction.Cascade,
            "n" => ReferentialAction.SetNull,
            "d" => ReferentialAction.SetDefault,
            "a" => ReferentialAction.NoAction,
            _ => throw PostgresCatalog.Unknown("action of a foreign key", letter),
        };

    /// <summary>Returns what is between the parentheses of <c>CHECK ((a > 0)) NOT VALID</c>.</summary>
    private static string ConditionOf(string definition)
    {
        var start = definition.IndexOf('(', StringComparison.Ordinal) + 1;
        return definition[start..definition.LastIndexOf(')')];
    }

    private IReadOnlyList<Index> Indexes() =>
        [.. _catalog.Indexes[_table.Id].Select(index => PostgresIndexes.Index(index, _names))];
}
