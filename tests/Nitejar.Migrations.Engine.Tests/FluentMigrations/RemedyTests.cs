using FluentMigrator;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.FluentMigrations;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Engine.Tests.FluentMigrations;

/// <summary>An error about what SQLite cannot alter in place names what does it.</summary>
public sealed class RemedyTests
{
    private static TestCaseData[] Unsupported =>
        [
            Case("cannot alter a column (t.a)", m => m.Alter.Column("a").OnTable("t").AsInt32()),
            Case(
                "cannot drop a default (t.a)",
                m => m.Delete.DefaultConstraint().OnTable("t").OnColumn("a")
            ),
            Case(
                "cannot add a foreign key to an existing table (t)",
                m =>
                    m.Create.ForeignKey("fk")
                        .FromTable("t")
                        .ForeignColumn("a")
                        .ToTable("p")
                        .PrimaryColumn("id")
            ),
            Case(
                "cannot drop a foreign key of an existing table (t)",
                m => m.Delete.ForeignKey("fk").OnTable("t")
            ),
            Case(
                "cannot drop this constraint of an existing table (t)",
                m => m.Delete.PrimaryKey("pk").FromTable("t")
            ),
        ];

    [TestCaseSource(nameof(Unsupported))]
    public void Up_names_RebuildTable(string problem, Action<Migration> up)
    {
        var failure = Assert.Throws<MigrationFailedException>(() => Compile(up))!;

        Assert.That(
            failure.Message,
            Is.EqualTo($"Up of 1_Test failed while it was evaluated: SQLite {problem}.")
        );
        Assert.That(failure.NextStep, Does.Contain("RebuildTable"));
    }

    [Test]
    public void What_nothing_does_instead_keeps_the_words_of_FluentMigrator() =>
        Assert.That(
            Assert
                .Throws<MigrationFailedException>(() => Compile(m => m.Create.Sequence("s")))!
                .Message,
            Does.Contain("Sequences are not supported")
        );

    [Test]
    public void A_null_reference_is_called_one()
    {
        var failure = Assert.Throws<MigrationFailedException>(() =>
            Compile(m => m.Execute.Sql(((string)null!).Trim()))
        )!;

        Assert.That(failure.Message, Does.Contain("evaluated: NullReferenceException: "));
        Assert.That(failure.NextStep, Does.Contain("--verbose"));
    }

    private static TestCaseData Case(string problem, Action<Migration> up) =>
        new TestCaseData(problem, up).SetArgDisplayNames(problem);

    private static void Compile(Action<Migration> up) =>
        new MigrationCompiler(SqliteDriver.Instance).Compile(
            MigrationsOf.Code(1, "Test", up, _ => { }),
            Direction.Up,
            schema: null
        );
}
