using System.Text;
using System.Text.Json;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Hosting.Output.Formats;

namespace Nitejar.Migrations.Hosting.Output.Targets;

/// <summary>
/// Reports what was done with several targets, grouped by how it ended. Lists and queries over types of its own would make the
/// native program larger by kilobytes each.
/// </summary>
/// <param name="pattern">What chose them.</param>
internal sealed class TargetReport(string pattern)
{
    private string[] _names = [];
    private TargetOutcome[] _outcomes = [];

    /// <summary>What each line of the text begins with: that of a comment behind SQL.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>How many were added.</summary>
    public int Count { get; private set; }

    /// <summary>Sets how many there are.</summary>
    public void Begin(int targets)
    {
        _names = new string[targets];
        _outcomes = new TargetOutcome[targets];
    }

    /// <summary>Adds how it ended with the next one.</summary>
    public void Add(string name, TargetOutcome outcome)
    {
        _names[Count] = name;
        _outcomes[Count++] = outcome;
    }

    /// <summary>The names of those that ended so.</summary>
    public List<string> NamesOf(TargetState state)
    {
        var names = new List<string>();
        for (var at = 0; at < Count; at++)
        {
            if (_outcomes[at].State == state)
            {
                names.Add(_names[at]);
            }
        }

        return names;
    }

    /// <summary>Whether one would have ended with this code alone.</summary>
    public bool Has(Process.ExitCode code)
    {
        foreach (var outcome in _outcomes)
        {
            if (outcome.Code == code)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes it as the last line of JSON, or as a text.</summary>
    public void Write(Terminal terminal, Ending ending, TimeSpan duration)
    {
        if (terminal.IsJson)
        {
            JsonAnswer.Write(terminal, ending, json => WriteJson(json, duration));
        }
        else
        {
            var text = ToText(terminal, duration);
            terminal.Answer(
                Prefix + text.Replace("\n", $"\n{Prefix}", StringComparison.Ordinal) + "\n"
            );
        }
    }

    private string ToText(Terminal terminal, TimeSpan duration)
    {
        var text = new StringBuilder($"{terminal.Database}: {pattern}\n");
        var counts = new List<string>();
        for (var state = TargetState.Succeeded; state <= TargetState.Failed; state++)
        {
            AppendGroups(text, terminal, state);
            if (NamesOf(state).Count is > 0 and var count)
            {
                counts.Add(FormattableString.Invariant($"{count} {WordOf(state)}"));
            }
        }

        return text.Append('\n')
            .Append(Engine.Count.Of(Count, "schema"))
            .Append(": ")
            .AppendJoin(", ", counts)
            .Append(", in ")
            .Append(Words.Of(duration))
            .ToString();
    }

    private void AppendGroups(StringBuilder text, Terminal terminal, TargetState state)
    {
        for (var first = 0; first < Count; first++)
        {
            if (_outcomes[first].State != state || GroupOf(first) is not { Count: > 0 } members)
            {
                continue;
            }

            var summary = _outcomes[first].Summary;
            text.Append('\n')
                .Append(terminal.Paint(WordOf(state), TargetStates.ColorOf(state)))
                .Append(CultureInfo.InvariantCulture, $" ({members.Count})")
                .Append(summary.Length == 0 ? "" : ": ")
                .Append(summary)
                .Append('\n');
            foreach (var member in members)
            {
                var details = _outcomes[member].Details;
                text.Append("  ")
                    .Append(OneLine(_names[member]))
                    .Append(details.Length == 0 ? "" : ": ")
                    .Append(OneLine(details))
                    .Append('\n');
            }
        }
    }

    private void WriteJson(Utf8JsonWriter json, TimeSpan duration)
    {
        var worst = 0;
        foreach (var outcome in _outcomes)
        {
            worst = Math.Max(worst, (int)(outcome.Code ?? 0));
        }

        json.WriteString("pattern", pattern);
        json.WriteNumber("targets", Count);
        json.WriteNumber("worstExitCode", worst);
        json.WriteDuration("durationMs", duration);
        json.WriteStartArray("outcomes");
        for (var state = TargetState.Succeeded; state <= TargetState.Failed; state++)
        {
            for (var first = 0; first < Count; first++)
            {
                if (_outcomes[first].State == state && GroupOf(first) is { Count: > 0 } members)
                {
                    WriteGroup(json, _outcomes[first], members);
                }
            }
        }

        json.WriteEndArray();
    }

    private void WriteGroup(Utf8JsonWriter json, TargetOutcome first, List<int> members)
    {
        json.WriteStartObject();
        json.WriteString("state", TargetStates.Of(first.State));
        if (first.Code is { } code)
        {
            json.WriteNumber("exitCode", (int)code);
        }
        else
        {
            json.WriteNull("exitCode");
        }

        json.WriteString("summary", first.Summary);
        json.WriteStartArray("targets");
        foreach (var member in members)
        {
            json.WriteStringValue(_names[member]);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Those of which the same is said as of one, which is the first of them; else empty.</summary>
    private List<int> GroupOf(int first)
    {
        var members = new List<int>();
        var wanted = _outcomes[first];
        for (var at = 0; at < Count; at++)
        {
            var outcome = _outcomes[at];
            if (outcome.State == wanted.State && outcome.Summary == wanted.Summary)
            {
                if (at < first)
                {
                    break;
                }

                members.Add(at);
            }
        }

        return members;
    }

    private static string WordOf(TargetState state) => TargetStates.Of(state).Replace('-', ' ');

    /// <summary>What a database holds must not look like another line.</summary>
    private static string OneLine(string text) => text.Replace('\n', ' ');
}
