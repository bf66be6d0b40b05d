using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.History.Definitions;

/// <summary>How an object of a database is defined.</summary>
/// <param name="Kind">What makes it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Table">The table or view that takes it along when it is dropped; its own name for a table or a view.</param>
/// <param name="Sql">The statement that makes it.</param>
internal sealed record ObjectDefinition(EffectKind Kind, string Name, string Table, string Sql)
{
    /// <summary>The word for the kind, which the journal holds and messages show.</summary>
    public string Word =>
        Kind switch
        {
            EffectKind.MakeTable => "table",
            EffectKind.MakeIndex => "index",
            EffectKind.MakeView => "view",
            EffectKind.MakeTrigger => "trigger",
            EffectKind.AddColumn
            or EffectKind.Refer
            or EffectKind.DropTable
            or EffectKind.DropColumn
            or EffectKind.DropObject
            or EffectKind.AlterObject
            or EffectKind.RenameTable
            or EffectKind.RenameColumn
            or EffectKind.Insert
            or EffectKind.Update
            or EffectKind.Delete => throw new InvalidOperationException($"{Kind} makes nothing."),
            _ => throw new InvalidOperationException($"{Kind}"),
        };

    /// <summary>
    /// What the statement depends on beside the object, as the version of a server that has written it: statements of two forms
    /// cannot be compared. Empty where there is one form.
    /// </summary>
    public string Form { get; init; } = "";

    /// <summary>Tells the object from any other of its database.</summary>
    public string Key => string.Concat(Word, " ", Name);

    /// <summary>FNV-1a of the statement, 64 bits in hexadecimal, behind its form. Who could make two statements with the same digest may change the journal as well, and SHA-256 would take 3 % of a first run.</summary>
    public string Digest
    {
        get
        {
            const ulong offset = 14695981039346656037;
            const ulong prime = 1099511628211;
            var hash = offset;
            foreach (var character in Sql)
            {
                hash = (hash ^ character) * prime;
            }

            return string.Concat(
                Form,
                Form.Length == 0 ? "" : RecordedObject.FormEnd,
                hash.ToString("x16", CultureInfo.InvariantCulture)
            );
        }
    }
}
