using System.Text.Json;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Preparing;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Hosting.Configuration.Values;

namespace Nitejar.Migrations.Hosting.Configuration;

/// <summary>Reads what <c>--out</c> has written.</summary>
internal sealed class PlanFileReader(string path, string command)
{
    /// <summary>The version of the file's shape, which an answer's or a receipt's may outrun.</summary>
    public const int SchemaVersion = 1;

    /// <summary>In KiB: the SQL of a plan of thousands of migrations.</summary>
    private const int LargestFile = 256 * 1024;

    /// <exception cref="InvalidRequestException">It cannot be read, is not such a file, or is one of another command.</exception>
    public ApprovedPlan Read()
    {
        var content = new SmallFile("The plan", "--plan", LargestFile).Read(path);
        try
        {
            using var document = JsonDocument.Parse(content);
            return Read(document.RootElement);
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
            )
        {
            throw NoPlan("is not a plan that `--dry-run --out` has written", e);
        }
    }

    private ApprovedPlan Read(JsonElement root)
    {
        if (root.GetProperty("schemaVersion").GetInt32() != SchemaVersion)
        {
            throw NoPlan("was written by another version of this program");
        }

        if (root.GetProperty("command").GetString() is var other && other != command)
        {
            throw NoPlan($"is one for `{other}`, and this is `{command}`");
        }

        return new ApprovedPlan(
            ToRequest(root.GetProperty("request")),
            new Fingerprint([.. root.GetProperty("steps").EnumerateArray().Select(ToStep)]),
            new PlanBasis(
                ToProvider(root.GetProperty("provider").GetString()),
                [.. root.GetProperty("applied").EnumerateArray().Select(item => item.GetInt64())],
                root.GetProperty("schemaDigest").GetString() ?? ""
            )
            {
                Tags = ToTexts(root, "decidingTags"),
            },
            [.. root.GetProperty("takesAway").EnumerateArray().Select(ToLoss)]
        );
    }

    private MigrationRequest ToRequest(JsonElement request) =>
        ToChoice(request) with
        {
            CommitUnit = ToUnit(request),
        };

    /// <summary>A plan of an older release has none.</summary>
    private static CommitUnit ToUnit(JsonElement request) =>
        !request.TryGetProperty("transaction", out var unit)
            ? CommitUnit.Run
            : CommitUnits.Parse(unit.GetString()) ?? throw new FormatException("transaction");

    private MigrationRequest ToChoice(JsonElement request) =>
        command switch
        {
            "up" => new UpRequest(
                ToNumber(request, "to"),
                (int?)ToNumber(request, "steps"),
                request.GetProperty("allowOutOfOrder").GetBoolean(),
                [
                    .. request
                        .GetProperty("acceptChanged")
                        .EnumerateArray()
                        .Select(item => item.GetInt64()),
                ],
                request.GetProperty("resume").GetBoolean()
            )
            {
                Tags = ToTexts(request, "tags"),
                AllowBreaking = request.GetProperty("allowBreaking").GetBoolean(),
            },
            "down" => new DownRequest(
                ToNumber(request, "to"),
                All: request.GetProperty("all").GetBoolean()
            ),
            "redo" => new RedoRequest(request.GetProperty("steps").GetInt32()),
            _ => throw NoPlan($"is one for `{command}`, which has no plans"),
        };

    private static StepDigest ToStep(JsonElement step) =>
        new(
            new MigrationId(
                step.GetProperty("version").GetInt64(),
                step.GetProperty("name").GetString() ?? ""
            ),
            step.GetProperty("direction").GetString() switch
            {
                "up" => Direction.Up,
                "down" => Direction.Down,
                _ => throw new FormatException("direction"),
            },
            step.GetProperty("digest").GetString() ?? ""
        )
        {
            OfClass = step.GetProperty("classDigest").GetString(),
        };

    private static DataLoss ToLoss(JsonElement loss) =>
        new(
            loss.GetProperty("table").GetString() ?? "",
            loss.GetProperty("column").GetString(),
            loss.GetProperty("rows").GetInt64()
        )
        {
            IsChange = loss.GetProperty("isChange").GetBoolean(),
        };

    private static DatabaseProvider ToProvider(string? word) =>
        word switch
        {
            "sqlite" => DatabaseProvider.Sqlite,
            "postgres" => DatabaseProvider.Postgres,
            _ => throw new FormatException("provider"),
        };

    private static string[] ToTexts(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(item => item.GetString() ?? "")];

    private static long? ToNumber(JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: JsonValueKind.Number } number
            ? number.GetInt64()
            : null;

    private InvalidRequestException NoPlan(string what, Exception? cause = null) =>
        new($"{path} {what}.", "Make a new one with `--dry-run --out FILE`.", cause);
}
