using LinqToDB.Data;

namespace Nitejar.Database.Tests.Databases;

/// <summary>Looks into a database past the mapping.</summary>
internal static class Sql
{
    /// <summary>Every row as text, NULL as such, columns separated by bars.</summary>
    public static string[] Rows(this NitejarDatabase database, string sql)
    {
        using var reader = database.ExecuteReader(sql);
        var rows = new List<string>();
        while (reader.Reader!.Read())
        {
            var values = new object[reader.Reader.FieldCount];
            reader.Reader.GetValues(values);
            rows.Add(string.Join('|', values.Select(v => v is DBNull ? "NULL" : v.ToString())));
        }

        return [.. rows];
    }
}
