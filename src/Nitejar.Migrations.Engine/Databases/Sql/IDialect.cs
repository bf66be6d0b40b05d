using System.Data.Common;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases.Sql;

/// <summary>How SQL is written and read for one kind of database. Nothing of it asks the database.</summary>
internal interface IDialect
{
    /// <summary>The word for the kind in the journal and in plan files.</summary>
    string Name { get; }

    /// <summary>The program with which people look into such a database, as part of a sentence.</summary>
    string Shell { get; }

    /// <summary>How people find out what is wrong with a damaged database, as the beginning of a sentence.</summary>
    string Inspection { get; }

    /// <summary>Tells which names are the same.</summary>
    IEqualityComparer<string> Names { get; }

    /// <summary>The table of applied versions.</summary>
    VersionTable VersionTable { get; }

    /// <summary>That table, quoted, never a temporary one of the same name.</summary>
    string QualifiedVersionTable { get; }

    /// <summary>That table where it is made and in scripts, quoted.</summary>
    string ScriptedVersionTable => QualifiedVersionTable;

    /// <summary>The statement that makes its schema where it is missing; empty where there is nothing to make.</summary>
    string CreateVersionSchema => "";

    /// <summary>The types of the columns in the migrator's own tables.</summary>
    HistoryTypes Types { get; }

    /// <summary>What stands behind INSERT or UPDATE so that rows which violate a constraint are passed over; empty where each row is tried by itself.</summary>
    string OrIgnore { get; }

    /// <summary>What stands behind the columns of an INSERT so that rows keep numbers which else the database alone gives; empty where it takes any.</summary>
    string WithOwnNumbers { get; }

    /// <summary>A table of the database that is migrated, quoted, never a temporary one of the same name.</summary>
    string Qualify(string table);

    /// <summary>A table that only this connection sees, quoted.</summary>
    string QualifyTemporary(string table);

    /// <summary>A value, for both sides of a comparison by each of its characters, whatever the type and the collation of its column.</summary>
    string Exactly(string value);

    /// <summary>All values of a row, so that they can be compared whatever their types.</summary>
    string AllValues(string row);

    /// <summary>The statement that makes a table of what a query finds, for comparisons alone: its columns may have one name, and the table others.</summary>
    string CreateFrom(string table, string query);

    /// <summary>Whether the value of a column's default, in its normal form, is always the same, and finding it out changes nothing.</summary>
    bool IsConstant(string value);

    /// <summary>The condition that two rows of values are the same by each of their characters, NULL included.</summary>
    string AreSameValues(IReadOnlyList<string> left, IReadOnlyList<string> right);

    /// <summary>The condition that two keys, each a row of values, are the same one, in words for which the database uses the index of a key.</summary>
    string AreSameKey(string left, string right);

    /// <summary>A value that is compared with a column of a parent as the database compares it.</summary>
    string AsReference(string value);

    /// <summary>The statements of a text, in order, each with its line. A text that ends inside one counts as one; blanks and comments alone do not.</summary>
    IReadOnlyList<Statement> Parse(string sql);

    /// <summary>Adds every word and name of a statement, in lower case.</summary>
    void AddWords(string sql, ISet<string> words);

    /// <summary>Every word and name of a statement or a part of one, in lower case.</summary>
    ISet<string> WordsOf(string sql)
    {
        var words = new HashSet<string>();
        AddWords(sql, words);
        return words;
    }

    /// <summary>A query that counts the rows which a DELETE or an UPDATE would meet; <see langword="null"/> where it is more than a table and a condition.</summary>
    string? CountQuery(Statement statement);

    /// <summary>What a statement reaches beyond its database, the schema of the migrations, or the role of the run. Empty for a kind that keeps all SQL from it.</summary>
    IReadOnlyList<Reach> ReachOf(Statement statement) => [];

    /// <summary>Why the server refuses a statement whatever the database holds; <see langword="null"/> where it does not, or only executing it can tell.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="isInTransaction">Whether it would be executed in a transaction.</param>
    StatementException? RefusalOf(Statement statement, bool isInTransaction) => null;

    /// <summary>Whether SQL failed because of what it names, not because of the database or its disk.</summary>
    bool IsAboutNames(DbException error);
}

/// <summary>Types of the columns in the migrator's own tables, as SQL.</summary>
/// <param name="Id">A number that the database gives to each row, and the primary key.</param>
/// <param name="Integer">Integers of 64 bits.</param>
/// <param name="Real">Floating point of 64 bits.</param>
/// <param name="Arrival">What numbers the rows of a table without an integer as primary key in the order in which they were inserted; <see langword="null"/> where nothing does.</param>
/// <param name="Now">The time of the transaction by UTC, as FluentMigrator's own runner writes it.</param>
internal sealed record HistoryTypes(
    string Id,
    string Integer,
    string Real,
    string? Arrival,
    string Now
)
{
    /// <summary>The times in the table of applied versions, as FluentMigrator's own runner makes it. Versions are integers.</summary>
    public required string AppliedOn { get; init; }

    /// <summary>The descriptions there.</summary>
    public required string Description { get; init; }
}
