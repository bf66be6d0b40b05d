using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Engine.Trust.Containing.Constraints;

/// <summary>The primary key: the same columns, numbered by the database where the migrations' are.</summary>
internal static class PrimaryKeyPoints
{
    public static void Judge(PointList points, Table expected, Table found)
    {
        if (
            expected.PrimaryKey is not { } wanted
            || !points.Has(found, wanted.Columns)
            || Refuses(points, expected, found, wanted)
        )
        {
            return;
        }

        var name = WordsOf(expected);
        var key = found.PrimaryKey!;
        if (!wanted.Columns.SequenceEqual(key.Columns, points.Names))
        {
            points.Note(name, SchemaWords.Of(wanted), SchemaWords.Of(key));
        }

        if (expected.Traits.IsAutoIncrement && !found.Traits.IsAutoIncrement)
        {
            points.Note(name, "AUTOINCREMENT", null);
        }
    }

    private static bool Refuses(PointList points, Table expected, Table found, Key wanted)
    {
        if (
            found.PrimaryKey is not { } key
            || !points.AreSame(wanted.Parts, key.Parts)
            || wanted.OnConflict != key.OnConflict
            || wanted.Deferral != key.Deferral
        )
        {
            points.Refuse(WordsOf(expected), SchemaWords.Of(wanted), WordsOf(found.PrimaryKey));
            return true;
        }

        if (
            expected.Columns.FirstOrDefault(column => column.IsIdentity) is { } surrogate
            && found.Columns.Named(surrogate.Name, c => c.Name, points.Names)
                is { IsIdentity: false } column
        )
        {
            points.Refuse(
                WordsOf(expected),
                $"numbers for {surrogate.Name}",
                $"{column.Type} PRIMARY KEY, which gets none"
            );
            return true;
        }

        return false;
    }

    private static string WordsOf(Table table) => Naming.Words("primary key of", table.Name);

    private static string? WordsOf(Key? key) => key is null ? null : SchemaWords.Of(key);
}
