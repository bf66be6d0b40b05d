using Microsoft.CodeAnalysis;

namespace Nitejar.Migrations.Discovery;

/// <summary>What a class has to be like so that nothing about it is ignored in silence.</summary>
internal static class Rules
{
    private const string Category = "Nitejar.Migrations";

    public static readonly DiagnosticDescriptor DuplicateVersion = Error(
        "NITEJAR001",
        "Two migrations share a version",
        "{0} and {1} both have version {2}; give one of them another timestamp"
    );

    public static readonly DiagnosticDescriptor NotCreatable = Error(
        "NITEJAR002",
        "A migration cannot be created",
        "{0} cannot be created: {1}"
    );

    public static readonly DiagnosticDescriptor WithoutTags = Warning(
        "NITEJAR003",
        "A migration has tags without a name",
        "{0} has [{1}] without a tag, so that no run chooses it; name the tags or remove the attribute"
    );

    public static readonly DiagnosticDescriptor WithoutAttribute = Warning(
        "NITEJAR004",
        "A migration has no version",
        "{0} implements IMigration but has no [Migration] attribute, so it is never applied; add the attribute, or make the class abstract if others derive from it"
    );

    public static readonly DiagnosticDescriptor AttributeNotWritable = Error(
        "NITEJAR005",
        "The attribute of a migration cannot be evaluated",
        "{0} has [{1}], which generated code cannot make; make the attribute, its constructor and the types in its arguments internal or public, and not local to a file"
    );

    public static readonly DiagnosticDescriptor SeveralAttributes = Error(
        "NITEJAR006",
        "A migration has two versions",
        "{0} has several attributes that declare a version: {1}; keep one of them"
    );

    public static readonly DiagnosticDescriptor AbstractWithAttribute = Warning(
        "NITEJAR007",
        "The attribute of an abstract class has no effect",
        "{0} is abstract, so its [{1}] has no effect; move the attribute to the class that derives from it"
    );

    public static readonly DiagnosticDescriptor NoMigration = Error(
        "NITEJAR008",
        "A class with a version is not a migration",
        "{0} has [{1}] but does not implement IMigration; derive it from Migration or remove the attribute"
    );

    public static readonly DiagnosticDescriptor VersionNotPositive = Error(
        "NITEJAR009",
        "The version of a migration is not positive",
        "{0} has version {1}; a version is at least 1"
    );

    public static readonly DiagnosticDescriptor NotADate = Error(
        "NITEJAR010",
        "The version of a migration is not a date",
        "{0} has a [TimestampedMigration] that is not a date and a time; correct its arguments"
    );

    public static readonly DiagnosticDescriptor Maintenance = Error(
        "NITEJAR011",
        "Maintenance is not supported",
        "{0} has [{1}], and nitejar-migrate never runs it; make it a migration, or execute its SQL after `up` in the deploy, and remove the attribute"
    );

    public static readonly DiagnosticDescriptor Profile = Warning(
        "NITEJAR012",
        "Profiles are not supported",
        "{0} has [{1}], and nitejar-migrate never runs it, as FluentMigrator does not without --profile; make it a migration, or execute its SQL where the profile is wanted, and remove the attribute"
    );

    public static readonly DiagnosticDescriptor VersionTable = Error(
        "NITEJAR015",
        "Which version table is meant cannot be told",
        "{0} names the version table and {1}; keep one public class, or name the table in the program with .VersionTable(...) and remove the class"
    );

    public static readonly DiagnosticDescriptor AsyncVoid = Error(
        "NITEJAR016",
        "A migration does not wait for its code",
        "{0} has an async void {1}, which nitejar-migrate cannot wait for, so that a part of it would be lost; remove 'async' and wait for the result in it"
    );

    public static readonly DiagnosticDescriptor NotFilledIn = Error(
        "NITEJAR017",
        "A migration is not written yet",
        "{0} has an empty Up and a Down that throws, as `nitejar-migrate new` writes them; write both before it is applied"
    );

    public static readonly DiagnosticDescriptor WithoutDown = Warning(
        "NITEJAR018",
        "A migration cannot be reverted",
        "{0} has a Down that {1}, so `down` cannot undo what Up does; write it, or derive the class from ForwardOnlyMigration if that is meant"
    );

    public static readonly DiagnosticDescriptor RowNotKept = Error(
        "NITEJAR019",
        "The columns of a row are not known",
        "FluentMigrator reads the columns of this row by reflection, and a native program may lack them: {0}; write the row as new {{ ... }} or as a dictionary"
    );

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true);
}
