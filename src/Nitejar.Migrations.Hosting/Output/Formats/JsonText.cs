using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nitejar.Migrations.Hosting.Output.Formats;

/// <summary>Writes JSON documents, each with the version of its shape.</summary>
internal static class JsonText
{
    /// <summary>Escapes what JSON must have escaped and no more: the documents are for programs and people, not for HTML.</summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>The document as text, ending in a line feed.</summary>
    /// <param name="schemaVersion">Raised when a field changes its meaning or is removed; a new field does not raise it.</param>
    /// <param name="isLine">Whether it is one line, for a program that reads several.</param>
    /// <param name="fields">Writes all other fields.</param>
    public static string Write(int schemaVersion, bool isLine, Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Indented = !isLine, Encoder = Encoder };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", schemaVersion);
            fields(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <inheritdoc cref="Write(int, bool, Action{Utf8JsonWriter})"/>
    public static string Write(int schemaVersion, Action<Utf8JsonWriter> fields) =>
        Write(schemaVersion, isLine: false, fields);

    /// <summary>A list of objects.</summary>
    public static void WriteArray<T>(
        this Utf8JsonWriter json,
        string name,
        IEnumerable<T> items,
        Action<T> fields
    )
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            fields(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A list of texts.</summary>
    public static void WriteArray(this Utf8JsonWriter json, string name, IEnumerable<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }

    /// <summary>A UTC time to the millisecond, or null.</summary>
    public static void WriteTime(this Utf8JsonWriter json, string name, DateTime? utc)
    {
        if (utc is { } time)
        {
            json.WriteString(
                name,
                time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
            );
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>A duration in milliseconds, to a tenth.</summary>
    public static void WriteDuration(this Utf8JsonWriter json, string name, TimeSpan duration) =>
        json.WriteNumber(name, Math.Round(duration.TotalMilliseconds, 1));
}
