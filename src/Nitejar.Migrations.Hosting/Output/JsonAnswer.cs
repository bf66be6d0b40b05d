using System.Text.Json;
using Nitejar.Migrations.Hosting.Output.Formats;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Output;

/// <summary>
/// The JSON answer of every command: first what all answers have, written here and nowhere else, then what the command
/// adds. docs/json.md describes each field.
/// </summary>
internal static class JsonAnswer
{
    /// <summary>Raised when a field of an answer or a receipt changes its meaning or is removed; a new field does not raise it.</summary>
    public const int SchemaVersion = 2;

    /// <summary>Gives it.</summary>
    public static void Write(Terminal terminal, Ending ending, Action<Utf8JsonWriter> fields) =>
        terminal.Data(Of(terminal, ending, fields));

    /// <summary>Returns it as text.</summary>
    /// <param name="terminal">Knows the command and, if one was resolved by then, the database.</param>
    /// <param name="ending">How the command ended.</param>
    /// <param name="fields">Writes what the command adds.</param>
    public static string Of(Terminal terminal, Ending ending, Action<Utf8JsonWriter> fields) =>
        JsonText.Write(
            SchemaVersion,
            terminal.HasTargets,
            json =>
            {
                json.WriteString("command", terminal.Command);
                json.WriteNumber("exitCode", (int)ending.Code);
                json.WriteString("database", terminal.Database);
                ErrorReport.WriteJson(json, ending);
                if (terminal.Target is { } target)
                {
                    json.WriteString("target", target);
                }

                fields(json);
            }
        );
}
