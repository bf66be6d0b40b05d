using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas.Comparing;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Tests.Databases.Postgres.Schema;
using Nitejar.Migrations.Engine.Trust.Verifying.Seeding;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Postgres.Connections;
using Nitejar.Migrations.Postgres.Scratch;
using Npgsql;

namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Scratch;

/// <summary>Scratch databases on a real server: what they are made like, what they hold, and that they are gone.</summary>
public sealed class PostgresScratchTests
{
    private ThrowawayDatabase _database = null!;
    private PostgresTarget _scratch = null!;

    [SetUp]
    public void MakeDatabase() => _database = EmptyDatabases.Take();

    [TearDown]
    public void Remove() => _database.Dispose();

    [Test]
    public void It_is_empty_like_the_other_one_and_gone_with_its_states()
    {
        _database.Psql("CREATE TABLE t ()");
        using (var scratch = Make(TargetOf(_database.ConnectionString)))
        {
            using var state = scratch.Keep();
            Assert.That(state.Schema.Tables, Is.Empty);
            Assert.That(Databases(), Is.EqualTo("2"));
            Assert.That(
                Query(
                    $"SELECT count(DISTINCT (encoding, datcollate, datctype)) FROM pg_database WHERE datname IN ('{Name()}', '{_database.Name}')"
                ),
                Is.EqualTo("1")
            );
        }

        Assert.That(Databases(), Is.EqualTo("0"));
    }

    [Test]
    public void It_is_made_where_the_other_one_does_not_exist_with_the_schema_of_the_migrations()
    {
        var target = PostgresTarget.Of(
            new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Database = "absent" },
            "Own schema"
        );
        using var scratch = Make(target);
        using (var connection = PostgresConnections.Open(_scratch))
        {
            connection.Execute("CREATE TABLE \"Own schema\".t ()");
        }

        using var state = scratch.Keep();
        Assert.That(state.Schema.Tables.Single().Name.ToString(), Is.EqualTo("t"));
    }

    [Test]
    public void A_role_that_may_not_make_one_is_told_so()
    {
        var role = $"role_{Guid.NewGuid():N}";
        _database.Psql($"CREATE ROLE {role} LOGIN");
        try
        {
            var target = TargetOf(
                new NpgsqlConnectionStringBuilder(_database.ConnectionString)
                {
                    Username = role,
                }.ConnectionString
            );
            Assert.That(
                () => Make(target),
                Throws
                    .TypeOf<RefusedException>()
                    .With.Message.EqualTo(
                        "This role may not make the scratch database on which the migrations are tried."
                    )
            );
        }
        finally
        {
            _database.Psql($"DROP ROLE {role}");
        }
    }

    [Test]
    public void Every_table_of_a_rich_schema_gets_rows_which_a_state_keeps()
    {
        using var scratch = Make(TargetOf(_database.ConnectionString));
        PostgresServer.Shared().Psql(Name(), RichSchema.Sql);
        using var empty = scratch.Keep();

        IReadOnlyList<SeededTable> seeded;
        using (var writer = scratch.OpenWriter())
        {
            seeded = new Seeder(writer, scratch.Names, rows: null).Fill(
                empty.Schema,
                _ => true,
                _ => true,
                CancellationToken.None
            );
            writer.Commit();
        }

        using var filled = scratch.Keep();
        Assert.That(
            seeded
                .Where(table => table.Rows < 5)
                .Select(table => $"{table.Table} {table.Rows} {table.Problem}"),
            Is.Empty
        );
        foreach (var table in filled.Schema.Tables.Where(HasKey))
        {
            Assert.That(Rows(filled, table), Has.Count.GreaterThan(4), table.Name.Name);
            Assert.That(Rows(empty, table), Is.Empty);
        }

        Assert.That(SchemaComparison.Of(empty.Schema, filled.Schema, scratch.Names), Is.Empty);
    }

    [Test]
    public void A_writer_refuses_in_words_and_undoes_what_is_not_committed()
    {
        using var scratch = Make(TargetOf(_database.ConnectionString));
        PostgresServer
            .Shared()
            .Psql(
                Name(),
                "CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n varchar(3) CHECK (n <> 'no'), b bytea)"
            );
        using (var state = scratch.Keep())
        using (var writer = scratch.OpenWriter())
        {
            var table = state.Schema.Tables[0];
            Assert.That(
                writer.Insert(table, Row(("id", 7L), ("n", "yes"), ("b", new byte[] { 0, 255 }))),
                Is.Null
            );
            Assert.That(
                writer.Insert(table, Row(("id", 7L))),
                Is.EqualTo(
                    new WriteRefusal(
                        true,
                        "duplicate key value violates unique constraint \"t_pkey\""
                    )
                )
            );
            Assert.That(writer.Insert(table, Row(("n", "no")))!.IsOfKey, Is.False);
            Assert.That(
                writer.Insert(table, Row(("n", "long"))),
                Is.EqualTo(new WriteRefusal(false, "value too long for type character varying(3)"))
            );
            Assert.That(writer.Try(table, Row(("n", "try"))), Is.Null);
            Assert.That(writer.Insert(table, Row()), Is.Null);
            Assert.That(writer.Count(table), Is.EqualTo(2));
            Assert.That(writer.Update(table, 1, Row(("n", "new"))), Is.Null);
            var rows = writer.ReadRows(table.Name, ["n", "id"], 5, newestFirst: true);
            Assert.That(rows[0][0], Is.EqualTo("new"));
            Assert.That(rows[0][1], Is.GreaterThan(7L));
            Assert.That(rows[1], Is.EqualTo(new object[] { "yes", 7L }));
        }

        using var after = scratch.Keep();
        Assert.That(Rows(after, after.Schema.Tables[0]), Is.Empty);
    }

    [TestCase("UPDATE parent SET n = 1", "child *, parent n")]
    [TestCase("DELETE FROM parent", "child *, parent *")]
    [TestCase("TRUNCATE child", "child *")]
    [TestCase("INSERT INTO child VALUES (1)", "")]
    [TestCase(
        "ALTER TABLE child ADD COLUMN x integer; CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        ""
    )]
    [TestCase("DO $$ BEGIN DELETE FROM parent; END $$", "unknown")]
    [TestCase("CALL anything()", "unknown")]
    public void Effects_of_SQL_on_rows_are_told(string sql, string effects)
    {
        using var scratch = Make(TargetOf(_database.ConnectionString));
        PostgresServer
            .Shared()
            .Psql(
                Name(),
                "CREATE TABLE parent (id integer PRIMARY KEY, n integer); CREATE TABLE child (p integer REFERENCES parent ON DELETE CASCADE)"
            );
        using var state = scratch.Keep();

        var told = scratch.EffectsOf(sql, state.Schema);

        Assert.That(
            told.AreUnknown
                ? "unknown"
                : string.Join(
                    ", ",
                    told.Tables.OrderBy(t => t.Key, StringComparer.Ordinal)
                        .Select(t =>
                            $"{t.Key} {(t.Value is null ? "*" : string.Join('+', t.Value))}"
                        )
                ),
            Is.EqualTo(effects)
        );
    }

    private PostgresScratchDatabase Make(PostgresTarget like) =>
        new(
            like,
            target =>
            {
                _scratch = target;
                return new PostgresDatabase(target);
            }
        );

    private static PostgresTarget TargetOf(string connection) =>
        PostgresTarget.Of(new NpgsqlConnectionStringBuilder(connection), schema: null);

    private string Name() => _scratch.Name.Split('/')[^1];

    private string Databases() =>
        Query($"SELECT count(*) FROM pg_database WHERE datname LIKE '{Name()}%'");

    private string Query(string sql) => _database.Psql(sql);

    private static bool HasKey(Table table) =>
        table is { PrimaryKey: not null, Traits.Kind: TableKind.Ordinary };

    private static Dictionary<string, object?> Row(
        params (string Column, object? Value)[] values
    ) => values.ToDictionary(value => value.Column, value => value.Value);

    private static List<object?[]> Rows(IScratchState state, Table table) =>
        [.. state.ReadRows(table, [.. table.Columns.Select(column => column.Name)])];
}
