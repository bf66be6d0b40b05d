using FluentMigrator;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Running.Observing;
using Nitejar.Migrations.Engine.Trust.Verifying;
using Nitejar.Migrations.Engine.Trust.Verifying.Comparing;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Engine.Tests.Trust.Verifying;

/// <summary>What the author of a migration declares, and what is asked for beside the migrations.</summary>
public sealed class DeclaredTests : VerificationTests
{
    private const string AddKind = "ALTER TABLE tags ADD COLUMN kind TEXT";
    private const string DropKind = "ALTER TABLE tags DROP COLUMN kind";
    private const string Lossy = DropKind + "; UPDATE tags SET note = NULL";

    [Test]
    public void A_declared_loss_is_a_note_with_its_reason()
    {
        var report = Verify(
            MigrationsOf.Sql(1, "Books", Books, DropBooks),
            MigrationsOf.Sql(2, "Second", AddKind, Lossy) with
            {
                LosesData = "notes were never used",
            }
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Passed, Is.True, ToText(report));
            Assert.That(
                report.Migrations[1].Notes,
                Is.EqualTo(
                    new[] { "Loses data of tags.note, as it declares: notes were never used" }
                )
            );
        }
    }

    [Test]
    public void A_breaking_change_is_verified_without_being_allowed()
    {
        var report = Verify(MigrationsOf.Table(1, "one").Breaking());

        Assert.That(report.Passed, Is.True, ToText(report));
    }

    [Test]
    public void A_declared_loss_excuses_no_schema()
    {
        var report = Verify(
            MigrationsOf.Sql(1, "Books", Books, DropBooks),
            MigrationsOf.Sql(2, "Second", AddKind, "") with
            {
                LosesData = "notes were never used",
            }
        );

        Assert.That(
            FindingsOf(report).Select(finding => finding.Place),
            Does.Contain("tags.kind"),
            ToText(report)
        );
    }

    [Test]
    public void A_declared_loss_that_does_not_happen_is_noted()
    {
        var report = Verify(
            MigrationsOf.Sql(1, "Books", Books, DropBooks) with
            {
                LosesData = "who knows",
            }
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Passed, Is.True, ToText(report));
            Assert.That(
                report.Migrations[0].Notes,
                Is.EqualTo(new[] { "It declares that it loses data, and here it loses none." })
            );
        }
    }

    [Test]
    public void A_migration_without_a_Down_by_its_class_is_applied_and_noted()
    {
        var report = Verify(
            MigrationsOf.Sql(1, "Books", Books, DropBooks),
            new KnownMigration(
                new MigrationId(2, "Forward"),
                new MigrationAttribute(2),
                () => new Forward()
            ),
            MigrationsOf.Sql(3, "Third", AddKind, DropKind)
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Passed, Is.True, ToText(report));
            Assert.That(report.Migrations[1].Notes, Has.One.Contains("ForwardOnlyMigration"));
        }
    }

    [Test]
    public void Migrations_with_tags_are_tried_where_they_are_chosen()
    {
        var tagged = MigrationsOf.Sql(2, "Second", AddKind, Lossy) with
        {
            Tags = MigrationTags.Of([new TagsAttribute("demo")]),
        };
        var books = MigrationsOf.Sql(1, "Books", Books, DropBooks);

        Assert.That(Verify(books, tagged).Passed, Is.True);
        Assert.That(Verify(new VerifySettings { Tags = ["demo"] }, books, tagged).Passed, Is.False);
    }

    [Test]
    public void A_released_schema_that_does_not_become_the_same_is_found()
    {
        var books = MigrationsOf.Sql(1, "Books", Books, DropBooks);
        var second = MigrationsOf.Sql(2, "Second", AddKind, DropKind);
        var released = Release(books);
        Assert.That(Verify(new VerifySettings { Released = released }, books, second).Passed);

        // The class was changed after its release, though only for new databases.
        var changed = MigrationsOf.Sql(
            1,
            "Books",
            Books.Replace("DEFAULT 1", "DEFAULT 2", StringComparison.Ordinal),
            DropBooks
        );
        var report = Verify(new VerifySettings { Released = released }, changed);

        Assert.That(
            FindingsOf(report).Select(f => (f.Check, f.Place, f.Before, f.After)),
            Is.EqualTo(new[] { (VerifyCheck.Released, "books.pages", "2", "1") }),
            ToText(report)
        );
    }

    [Test]
    public void Rows_at_scale_are_written_and_compared()
    {
        var report = Verify(
            new VerifySettings(Rows: 3000),
            MigrationsOf.Sql(1, "Books", Books, DropBooks),
            MigrationsOf.Sql(2, "Second", AddKind, DropKind)
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Passed, Is.True, ToText(report));
            Assert.That(report.Migrations[1].Rows, Is.EqualTo(9000));
        }
    }

    [Test]
    public void A_cancellation_ends_it_and_leaves_nothing_behind()
    {
        using var cancellation = new CancellationTokenSource();
        var settings = new VerifySettings
        {
            OnMigration = id =>
            {
                if (id.Version == 2)
                {
                    cancellation.Cancel();
                }
            },
        };
        var verification = new Verification(
            new SqliteDatabase(FileOf("none.db")),
            MigrationsOf.Catalog(
                MigrationsOf.Sql(1, "Books", Books, DropBooks),
                MigrationsOf.Sql(2, "Second", AddKind, DropKind)
            ),
            () => HistoryOf.Origin
        );

        Assert.That(
            () => verification.Run(settings, cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    private string Release(params KnownMigration[] migrations)
    {
        var file = FileOf("released.db");
        var result = new MigrationRunner(
            new SqliteDatabase(file),
            new MigrationCatalog(migrations),
            () => HistoryOf.Origin
        ).Run(new UpRequest(), new RunSettings(TimeSpan.Zero), new Silent(), default);
        Assert.That(result.Failure, Is.Null);
        return file;
    }

    private sealed class Silent : IRunObserver
    {
        public void LockWait(DateTime until, string? holder) { }

        public void StepStarting(MigrationId migration, Direction direction, string sql) { }
    }

    private sealed class Forward : ForwardOnlyMigration
    {
        public override void Up() => Execute.Sql("CREATE TABLE forward (id INTEGER)");
    }
}
