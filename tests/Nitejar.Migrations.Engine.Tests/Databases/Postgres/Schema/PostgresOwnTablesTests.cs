using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Postgres.Connections;
using Nitejar.Migrations.Postgres.Schema;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Schema;

/// <summary>What stands in the place of the migrator's own tables gets nothing executed, and is refused in words.</summary>
public sealed class PostgresOwnTablesTests : PostgresSchemaFixture
{
    private const string Plain =
        "CREATE TABLE \"VersionInfo\" (\"Version\" bigint NOT NULL, \"AppliedOn\" timestamp, \"Description\" varchar(1024)); CREATE UNIQUE INDEX \"UC_Version\" ON \"VersionInfo\" (\"Version\");";

    private const string Evil = """
        CREATE TABLE log (who text);
        CREATE FUNCTION evil() RETURNS bigint LANGUAGE sql AS $$ INSERT INTO log VALUES (current_user); SELECT 1::bigint $$;
        CREATE FUNCTION evil_trigger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM evil(); RETURN NEW; END $$;
        CREATE FUNCTION harmless(n bigint) RETURNS bigint IMMUTABLE LANGUAGE sql AS 'SELECT n';
        """;

    private PostgresOwnTables Own =>
        new(
            Connection,
            new PostgresConnectionText(static _ => null).ParseAdo(Database.ConnectionString)
        );

    [Test]
    public void Columns_are_told_in_their_order()
    {
        Assert.That(Own.ReadColumns("VersionInfo"), Is.Empty);
        Execute(Plain);

        Assert.That(
            Own.ReadColumns("VersionInfo"),
            Is.EqualTo(new[] { "Version", "AppliedOn", "Description" })
        );
        Assert.That(Own.RequireWritable, Throws.Nothing);
    }

    [TestCase(
        "CREATE VIEW \"VersionInfo\" AS SELECT evil() AS \"Version\"",
        "is a view, where only an ordinary table"
    )]
    [TestCase(
        "CREATE MATERIALIZED VIEW \"VersionInfo\" AS SELECT 1",
        "is a materialized view, where"
    )]
    [TestCase(
        "CREATE TABLE \"VersionInfo\" (a integer) PARTITION BY LIST (a)",
        "is a partitioned table, where"
    )]
    [TestCase("CREATE SEQUENCE \"VersionInfo\"", "is a sequence, where")]
    [TestCase("CREATE TYPE \"VersionInfo\" AS (a integer)", "is a type, where")]
    [TestCase(
        "CREATE TABLE \"VersionInfo\" (\"Version\" bigint); CREATE TABLE heir () INHERITS (\"VersionInfo\")",
        "has the child heir, whose rows"
    )]
    [TestCase(
        "CREATE TABLE \"VersionInfo\" (a bigint, \"Version\" bigint GENERATED ALWAYS AS (harmless(a)) STORED)",
        "computes its column Version, where"
    )]
    [TestCase(
        "CREATE DOMAIN version AS bigint CHECK (harmless(VALUE) > 0); CREATE TABLE \"VersionInfo\" (\"Version\" version)",
        "has a column of the type version, which"
    )]
    [TestCase(
        "CREATE TABLE \"VersionInfo\" (\"Version\" jsonb)",
        "has a column of the type jsonb, which"
    )]
    public void What_is_not_an_ordinary_table_is_not_read(string sql, string problem)
    {
        Database.Psql(Evil);
        Execute(sql);

        Assert.That(
            () => Own.ReadColumns("VersionInfo"),
            Throws.TypeOf<RefusedException>().With.Message.StartsWith($"VersionInfo {problem}")
        );
        Assert.That(
            () => Own.ReadBounded("VersionInfo", 10, () => { }),
            Throws.TypeOf<RefusedException>()
        );
        Assert.That(
            Own.RequireWritable,
            Throws.TypeOf<RefusedException>().With.Message.StartsWith($"VersionInfo {problem}")
        );
        Assert.That(Database.Psql("SELECT count(*) FROM log"), Is.EqualTo("0"));
    }

    [TestCase(
        "CREATE TRIGGER spy BEFORE INSERT ON \"VersionInfo\" FOR EACH ROW EXECUTE FUNCTION evil_trigger()",
        "has the trigger spy, which every run would fire."
    )]
    [TestCase(
        "CREATE RULE spy AS ON INSERT TO \"VersionInfo\" DO ALSO SELECT evil()",
        "has the rule spy, which every run would follow."
    )]
    [TestCase(
        "ALTER TABLE \"VersionInfo\" ADD COLUMN x bigint DEFAULT evil()",
        "has a default for its column x, which every run would evaluate."
    )]
    [TestCase(
        "ALTER TABLE \"VersionInfo\" ADD CONSTRAINT spy CHECK (harmless(\"Version\") > 0)",
        "has the constraint spy, which every run would evaluate."
    )]
    [TestCase(
        "CREATE INDEX spy ON \"VersionInfo\" (harmless(\"Version\"))",
        "has the index spy of an expression, which every run would evaluate."
    )]
    [TestCase(
        "CREATE INDEX spy ON \"VersionInfo\" (\"Version\") WHERE harmless(\"Version\") > 0",
        "has the index spy of an expression, which every run would evaluate."
    )]
    public void What_a_write_would_set_off_is_refused_before_the_first_write(
        string sql,
        string problem
    )
    {
        Database.Psql(Evil + Plain + sql);

        Assert.That(
            Own.RequireWritable,
            Throws.TypeOf<RefusedException>().With.Message.EqualTo($"VersionInfo {problem}")
        );
    }

    [TestCase("text DEFAULT ''")]
    [TestCase("text DEFAULT 'a word'")]
    [TestCase("bigint DEFAULT 0")]
    [TestCase("bigint GENERATED BY DEFAULT AS IDENTITY")]
    public void A_constant_default_sets_nothing_off(string column)
    {
        Execute($"{Plain} ALTER TABLE \"VersionInfo\" ADD COLUMN x {column}");

        Assert.That(Own.RequireWritable, Throws.Nothing);
    }

    [Test]
    public void A_table_of_archived_rows_has_any_type_but_no_trigger()
    {
        Database.Psql(
            Evil
                + "CREATE TYPE mood AS ENUM ('a'); CREATE TABLE \"VersionArchive_1\" (m mood, n integer PRIMARY KEY)"
        );
        Assert.That(Own.RequireWritable, Throws.Nothing);

        Database.Psql(
            "CREATE TRIGGER spy BEFORE INSERT ON \"VersionArchive_1\" FOR EACH ROW EXECUTE FUNCTION evil_trigger()"
        );

        Assert.That(
            Own.RequireWritable,
            Throws
                .TypeOf<RefusedException>()
                .With.Message.StartsWith("VersionArchive_1 has the trigger spy")
        );
    }

    [Test]
    public void Row_security_that_hides_rows_is_refused()
    {
        var role = $"role_{Guid.NewGuid():N}";
        Execute(
            $"{Plain} ALTER TABLE \"VersionInfo\" ENABLE ROW LEVEL SECURITY; CREATE ROLE {role}; GRANT ALL ON \"VersionInfo\" TO {role}"
        );
        try
        {
            Assert.That(() => Own.ReadColumns("VersionInfo"), Throws.Nothing);
            Execute($"SET ROLE {role}");

            Assert.That(
                () => Own.ReadColumns("VersionInfo"),
                Throws
                    .TypeOf<RefusedException>()
                    .With.Message.StartsWith("VersionInfo has row security")
            );
        }
        finally
        {
            Execute($"RESET ROLE; DROP OWNED BY {role}; DROP ROLE {role}");
        }
    }

    [TestCase(10, true)]
    [TestCase(9, false)]
    public void A_value_is_refused_before_it_is_read_where_it_is_longer(int longest, bool isRead)
    {
        Execute(
            Plain + "INSERT INTO \"VersionInfo\" VALUES (1, now(), 'a'), (2, now(), 'äöü1234')"
        );
        var read = false;

        if (isRead)
        {
            Own.ReadBounded("VersionInfo", longest, () => read = true);
        }
        else
        {
            Assert.That(
                () => Own.ReadBounded("VersionInfo", longest, () => read = true),
                Throws
                    .TypeOf<RefusedException>()
                    .With.Message.EqualTo(
                        "VersionInfo holds a value of more than 9 bytes, which no run has written."
                    )
            );
        }

        Assert.That(read, Is.EqualTo(isRead));
    }

    [Test]
    public void Bytes_of_texts_are_counted_and_no_others()
    {
        using var command = Connection.Command(
            "SELECT 'äöü', 1::bigint, NULL::text, 'x'::varchar(3), now()::timestamp"
        );
        using var row = command.ExecuteReader();
        row.Read();

        Assert.That(Own.BytesOf(row), Is.EqualTo(7));
        Assert.That(row.GetString(0), Is.EqualTo("äöü"));
    }
}
