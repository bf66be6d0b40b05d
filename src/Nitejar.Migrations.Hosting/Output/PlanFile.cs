using System.Text;
using System.Text.Json;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Output.Formats;

namespace Nitejar.Migrations.Hosting.Output;

/// <summary>A plan as a file: what a reviewer reads, and what <c>--plan</c> compares a run with. Its SQL is never executed.</summary>
internal static class PlanFile
{
    /// <summary>Writes it for its owner alone; a file of that name is replaced.</summary>
    /// <exception cref="InvalidRequestException">It cannot be written.</exception>
    public static void Write(
        string path,
        (string Command, RunOrigin Origin) call,
        IDatabase database,
        DryRunResult preview
    )
    {
        try
        {
            PrivateFile.Write(
                Path.GetFullPath(path),
                Encoding.UTF8.GetBytes(ToJson(call, database, preview))
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException(
                $"The plan {path} could not be written: {e.Message.TrimEnd('.')}.",
                "Name a file in a folder that exists and may be written.",
                e
            );
        }
    }

    private static string ToJson(
        (string Command, RunOrigin Origin) call,
        IDatabase database,
        DryRunResult preview
    ) =>
        JsonText.Write(
            PlanFileReader.SchemaVersion,
            json =>
            {
                var plan = preview.Plan;
                json.WriteString("command", call.Command);
                json.WriteTime("createdAt", DateTime.UtcNow);
                json.WriteString("binaryVersion", call.Origin.BinaryVersion);
                json.WriteString("fluentMigratorVersion", call.Origin.FluentMigratorVersion);
                json.WriteString("database", database.Name);
                json.WriteString("provider", Words.Of(plan.Basis.Provider));
                json.WriteStartObject("request");
                WriteRequest(json, plan.Request);
                json.WriteEndObject();
                json.WriteStartArray("applied");
                foreach (var version in plan.Basis.Applied)
                {
                    json.WriteNumberValue(version);
                }

                json.WriteEndArray();
                json.WriteTexts("decidingTags", plan.Basis.Tags);
                json.WriteString("schemaDigest", plan.Basis.SchemaDigest);
                json.WriteString("plan", plan.Plan.Value);
                json.WriteArray(
                    "steps",
                    preview.Steps.Zip(plan.Plan.Steps),
                    step =>
                    {
                        json.WriteNumber("version", step.First.Id.Version);
                        json.WriteString("name", step.First.Id.Name);
                        json.WriteString("direction", Words.Of(step.First.Direction));
                        json.WriteBoolean("mayDiffer", step.First.MayDiffer);
                        json.WriteBoolean("runsInTransaction", step.First.RunsInTransaction);
                        json.WriteString("digest", step.Second.Digest);
                        json.WriteString("classDigest", step.Second.OfClass);
                        json.WriteString("sql", step.First.Sql);
                    }
                );
                json.WriteArray(
                    "takesAway",
                    plan.Losses,
                    loss => DryRunReport.WriteLoss(json, loss)
                );
            }
        );

    private static void WriteRequest(Utf8JsonWriter json, MigrationRequest request)
    {
        json.WriteString("transaction", Words.Of(request.CommitUnit));
        switch (request)
        {
            case UpRequest up:
                json.WriteVersion("to", up.To);
                json.WriteVersion("steps", up.Steps);
                json.WriteBoolean("allowOutOfOrder", up.AllowOutOfOrder);
                json.WriteBoolean("resume", up.Resume);
                json.WriteStartArray("acceptChanged");
                foreach (var version in up.AcceptChanged ?? [])
                {
                    json.WriteNumberValue(version);
                }

                json.WriteEndArray();
                json.WriteTexts("tags", up.Tags);
                json.WriteBoolean("allowBreaking", up.AllowBreaking);
                break;

            case DownRequest down:
                json.WriteVersion("to", down.To);
                json.WriteBoolean("all", down.All);
                break;

            case RedoRequest redo:
                json.WriteVersion("steps", redo.Steps);
                break;

            default:
                throw new ArgumentOutOfRangeException(nameof(request));
        }
    }

    private static void WriteTexts(
        this Utf8JsonWriter json,
        string name,
        IReadOnlyList<string> texts
    )
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteVersion(this Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
