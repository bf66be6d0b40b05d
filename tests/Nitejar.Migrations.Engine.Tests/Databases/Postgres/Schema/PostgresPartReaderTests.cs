using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;
using Index = Nitejar.Migrations.Engine.Schemas.Tables.Index;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Schema;

/// <summary>The parts of tables, and what else a schema holds, as the catalog tells them.</summary>
public sealed class PostgresPartReaderTests : RichSchemaFixture
{
    [Test]
    public void Keys_have_their_columns_in_order_and_say_when_they_are_checked()
    {
        var keyed = Table("keyed");

        Assert.That(keyed.PrimaryKey!.Name, Is.EqualTo("keyed_key"));
        Assert.That(keyed.PrimaryKey.Columns, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(keyed.Uniques.Select(SchemaWords.Of), Is.EqualTo(new[] { "(b, a)", "(c)" }));
        Assert.That(
            Parent.Uniques.Select(key => $"{key.Name} {SchemaWords.Of(key)} {key.Deferral}"),
            Is.EqualTo(
                new[]
                {
                    "Parent \"table\"_code_key (code) NotDeferrable",
                    "unique_pair (note, Mixed Case) InitiallyDeferred",
                }
            )
        );
    }

    [Test]
    public void Foreign_keys_have_columns_parent_actions_and_validity()
    {
        Assert.That(
            Table("children").ForeignKeys.Concat(Table("refers").ForeignKeys).Select(Words),
            Is.EqualTo(
                new[]
                {
                    "children_parent_fkey (parent) -> Parent \"table\"(id) on delete cascade on update restrict deferrable initially immediate True",
                    "other_parent (other) -> Parent \"table\"(id) on delete set null True",
                    "both_columns (b, a) -> keyed(b, a) False",
                }
            )
        );

        static string Words(ForeignKey key) =>
            $"{key.Name} ({string.Join(", ", key.Columns)}) -> {SchemaWords.Of(key)} {key.IsValidated}";
    }

    [Test]
    public void A_parent_in_another_schema_is_named_with_it()
    {
        Execute(
            "CREATE SCHEMA other; CREATE TABLE other.parent (id integer PRIMARY KEY); CREATE TABLE abroad (p integer REFERENCES other.parent)"
        );

        var key = Tables.Read("abroad")!.ForeignKeys[0];

        Assert.That(key.Table, Is.EqualTo(new ObjectName("other", "parent")));
        Assert.That(key.Referenced, Is.EqualTo(new[] { "id" }));
    }

    [Test]
    public void Checks_have_their_condition_and_validity()
    {
        Assert.That(
            Parent
                .Checks.Concat(Table("refers").Checks)
                .Select(check => $"{check.Name} {check.Expression} {check.IsValidated}"),
            Is.EqualTo(
                new[]
                {
                    "amount_is_sane ((amount > ('-10'::integer)::numeric) AND (note <> ')'::text)) True",
                    "later (a <> 5) False",
                }
            )
        );
    }

    [Test]
    public void Indexes_have_parts_predicate_and_what_else_they_are_made_with()
    {
        Assert.That(
            Table("children").Indexes.Concat(Parent.Indexes).Select(Words),
            Is.EqualTo(
                new[]
                {
                    "partial_index (other desc, lower((whole).y)) where (small > 3) unique - ",
                    "plain_index (parent) - ",
                    "inverted (tags) - gin (tags)",
                    "with_opclass (note, code collate \"POSIX\" desc) - btree (note text_pattern_ops, code COLLATE \"POSIX\" DESC NULLS LAST) INCLUDE (id)",
                }
            )
        );

        static string Words(Index index) =>
            $"{index.Name} {SchemaWords.Of(index)} {(index.IsUnique ? "unique " : "")}- {index.Special}";
    }

    [Test]
    public void An_index_whose_making_was_interrupted_is_not_valid()
    {
        Execute("INSERT INTO children (other) VALUES (NULL), (NULL)");
        Assert.That(
            () => Execute("CREATE UNIQUE INDEX CONCURRENTLY broken ON children ((1))"),
            Throws.Exception
        );

        Assert.That(Tables.Read("children")!.Indexes[0].IsValid, Is.False);
    }

    [Test]
    public void Triggers_and_views_have_their_definitions()
    {
        Assert.That(
            Parent.Triggers.Select(trigger => trigger.Definition.Raw),
            Is.EqualTo(
                new[]
                {
                    "CREATE TRIGGER idle BEFORE INSERT ON \"Parent \"\"table\"\"\" FOR EACH ROW EXECUTE FUNCTION touch()",
                    "CREATE TRIGGER touched BEFORE UPDATE OF note ON \"Parent \"\"table\"\"\" FOR EACH ROW WHEN (old.id > 3) EXECUTE FUNCTION touch()",
                }
            )
        );
        Assert.That(
            Schema.Views.Select(view => view.Name.ToString()),
            Is.EqualTo(new[] { "a_view_of_it", "kept_view", "later_view" })
        );
        Assert.That(
            Schema.Views[0].Definition.Raw,
            Is.EqualTo(
                "CREATE VIEW \"a_view_of_it\" (\"How Many\") WITH (security_barrier='true') AS\nSELECT count(*) AS \"How Many\"\n   FROM later_view"
            )
        );
        Assert.That(Schema.Views[1].Indexes.Single().Name, Is.EqualTo("kept_index"));
        Assert.That(Schema.Views[2].Triggers.Single().Name, Is.EqualTo("of_view"));
    }

    [Test]
    public void Functions_and_types_have_their_definitions()
    {
        Assert.That(
            Schema.Routines.Select(routine => routine.Name.Name),
            Is.EqualTo(
                new[]
                {
                    "half(integer)",
                    "instead()",
                    "nothing()",
                    "of_view(later_view)",
                    "parents()",
                    "touch()",
                    "twice(integer)",
                }
            )
        );
        Assert.That(
            Schema.Types.Select(type => type.Definition.Raw),
            Is.EqualTo(
                new[]
                {
                    "CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy')",
                    "CREATE TYPE pair AS (x integer, y text)",
                    "CREATE DOMAIN positive AS integer DEFAULT 1 NOT NULL CONSTRAINT is_positive CHECK ((VALUE > 0))",
                    "CREATE TYPE span AS RANGE (subtype = integer)",
                }
            )
        );
    }

    [Test]
    public void Parts_that_only_PostgreSQL_has_are_parts_of_their_table()
    {
        Assert.That(
            Schema
                .Tables.SelectMany(table =>
                    table.OtherParts.Select(part => $"{table.Name}: {part} = {part.Definition}")
                )
                .Order(StringComparer.Ordinal),
            Is.EqualTo(
                new[]
                {
                    "Parent \"table\": comment on TRIGGER touched ON \"Parent \"\"table\"\"\" = 'A trigger.'",
                    "Parent \"table\": firing of idle = DISABLE",
                    "children: comment on COLUMN children.parent = 'A parent.'",
                    "children: comment on INDEX plain_index = 'An index.'",
                    "children: comment on TABLE children = 'It''s a table.'",
                    "children: constraint children_period_excl = EXCLUDE USING gist (period WITH &&)",
                    "children: policy only_some = CREATE POLICY only_some ON children AS RESTRICTIVE FOR UPDATE TO postgres USING ((id > 3)) WITH CHECK ((id > 4))",
                    "children: row security = ENABLE",
                    "children: statistics children_statistics = CREATE STATISTICS children_statistics (dependencies) ON parent, other FROM children",
                    "dropped: replica identity = FULL",
                    "dropped: storage of kept = EXTERNAL",
                    "heir: inherits = ancestor",
                    "keyed: comment on CONSTRAINT keyed_key ON keyed = 'A key.'",
                    "keyed: constraint keyed_c_b_key = UNIQUE (c) INCLUDE (b)",
                    "measured: partition by = RANGE (at)",
                    "measured_2024: inherits = measured",
                    "measured_2024: partition for = FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
                    "measured_rest: inherits = measured",
                    "measured_rest: partition for = DEFAULT",
                    "refers: constraint both_columns = FOREIGN KEY (b, a) REFERENCES keyed(b, a) MATCH FULL NOT VALID",
                    "stored: options = fillfactor='70', autovacuum_enabled='false'",
                    "stored: rule no_delete = CREATE RULE no_delete AS\n    ON DELETE TO stored DO INSTEAD NOTHING",
                    "stored: unlogged = UNLOGGED",
                }
            )
        );
    }
}
