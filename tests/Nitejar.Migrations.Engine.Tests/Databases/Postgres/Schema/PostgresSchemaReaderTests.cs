using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Statements;
using Index = Nitejar.Migrations.Engine.Schemas.Tables.Index;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Schema;

public sealed class PostgresSchemaReaderTests : RichSchemaFixture
{
    [Test]
    public void Tables_have_their_kind()
    {
        Assert.That(
            Schema.Tables.Select(table => $"{table.Name} {SchemaWords.Of(table.Traits.Kind)}"),
            Is.EqualTo(
                new[]
                {
                    "Parent \"table\" table",
                    "ancestor table",
                    "children table",
                    "dropped table",
                    "empty_table table",
                    "heir table",
                    "keyed table",
                    "measured partitioned",
                    "measured_2024 partition",
                    "measured_rest partition",
                    "refers table",
                    "stored table",
                }
            )
        );
    }

    [Test]
    public void Columns_have_type_nullability_default_identity_and_collation()
    {
        Assert.That(
            Parent.Columns.Select(column => $"{column.Name}: {SchemaWords.Of(column)}"),
            Is.EqualTo(
                new[]
                {
                    "id: integer NOT NULL",
                    "Mixed Case: text NOT NULL DEFAULT 'global'::text",
                    "code: character varying(10) DEFAULT 'x'::character varying COLLATE \"C\"",
                    "amount: numeric(10,2) DEFAULT '-1'::integer",
                    "created_at: integer NOT NULL DEFAULT (EXTRACT(epoch FROM now()))::integer",
                    "doubled: integer AS ((twice(id) + 1)) STORED",
                    "note: text",
                    "feeling: mood DEFAULT 'happy'::mood",
                    "size: positive",
                    "tags: text[] DEFAULT '{}'::text[]",
                    "raw: bytea",
                    "ratio: double precision",
                    "uid: uuid DEFAULT gen_random_uuid()",
                }
            )
        );
    }

    [TestCase("Mixed Case", "'global'")]
    [TestCase("code", "'x'")]
    [TestCase("amount", "-1")]
    [TestCase("tags", "'{}'")]
    [TestCase("created_at", "(EXTRACT(epoch FROM now()))::integer")]
    public void Defaults_are_compared_without_the_type_of_a_constant(
        string column,
        string normal
    ) => Assert.That(Column(Parent, column).Default!.Normal, Is.EqualTo(normal));

    [TestCase("id", TypeFamily.Integral, 4, null)]
    [TestCase("Mixed Case", TypeFamily.Text, null, null)]
    [TestCase("code", TypeFamily.Text, null, 10)]
    [TestCase("amount", TypeFamily.Numeric, null, null)]
    [TestCase("feeling", TypeFamily.Other, null, null)]
    [TestCase("size", TypeFamily.Other, null, null)]
    [TestCase("tags", TypeFamily.Other, null, null)]
    [TestCase("raw", TypeFamily.Blob, null, null)]
    [TestCase("ratio", TypeFamily.Real, null, null)]
    public void Types_have_their_family(string column, TypeFamily family, int? bytes, int? length)
    {
        var type = Column(Parent, column).Type;

        Assert.That((type.Family, type.Bytes, type.Length), Is.EqualTo((family, bytes, length)));
    }

    [Test]
    public void Identities_and_serials_are_numbered_by_the_database_with_their_steps()
    {
        Assert.That(
            new[] { Column(Parent, "id") }
                .Concat(Table("children").Columns)
                .Where(column => column.IsIdentity)
                .Select(column => $"{column.Name} {column.Identity} {column.Numbers}"),
            Is.EqualTo(
                new[]
                {
                    "id Always AS integer START WITH 7 INCREMENT BY 3 MINVALUE 1 MAXVALUE 2147483647 CACHE 1",
                    "id Implied AS bigint START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1",
                    "small ByDefault AS smallint START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 32767 CACHE 1",
                    "number Implied ",
                }
            )
        );
        Assert.That(
            Schema.Sequences.Select(sequence => sequence.Definition.Raw),
            Is.EqualTo(
                new[]
                {
                    "CREATE SEQUENCE \"Own Numbers\" AS integer START WITH 100 INCREMENT BY 5 MINVALUE 1 MAXVALUE 2147483647 CACHE 10 CYCLE",
                }
            )
        );
    }

    [Test]
    public void Tables_of_the_migrator_are_read_only_by_their_names()
    {
        Execute("CREATE TABLE \"VersionInfo\" (\"Version\" bigint NOT NULL)");

        Assert.That(
            Tables.ReadSchema().Tables.Select(table => table.Name.Name),
            Has.None.EqualTo("VersionInfo")
        );
        Assert.That(Tables.Read("VersionInfo")!.Columns.Single().Name, Is.EqualTo("Version"));
    }

    [Test]
    public void Reading_leaves_the_path_as_it_was_inside_a_transaction_too()
    {
        Execute("CREATE SCHEMA other; SET search_path = other, public; BEGIN");

        _ = Tables.ReadSchema();

        Assert.That(PathNow(), Is.EqualTo("other, public"));
        Execute("COMMIT");
        Assert.That(PathNow(), Is.EqualTo("other, public"));

        string PathNow()
        {
            using var command = new Npgsql.NpgsqlCommand("SHOW search_path", Connection);
            return (string)command.ExecuteScalar()!;
        }
    }
}
