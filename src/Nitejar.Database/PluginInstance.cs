using System.Text;

namespace Nitejar.Database;

/// <summary>A service that Nitejar is connected to, in every released Nitejar: a row of <c>plugin_instances</c>.</summary>
public sealed record PluginInstance
{
    /// <summary>Primary key, a UUID as text.</summary>
    public required string Id { get; init; }

    /// <summary>Which plugin, for example <c>builtin.github</c> or <c>builtin.telegram</c>.</summary>
    public required string PluginId { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// JSON, or <see langword="null"/>: the column <c>config_json</c>. May hold secrets, encrypted or not, so
    /// <see cref="ToString"/> leaves it out.
    /// </summary>
    public string? Config { get; init; }

    /// <summary>Where it applies; the database's default is <c>global</c>.</summary>
    public string Scope { get; init; } = "global";

    /// <summary>Whether it is in use; the database's default is yes.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>When the row was made, whole seconds. Left out of an insert, the database fills it.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the row was last changed, whole seconds. Left out of an insert, the database fills it.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder
            .Append(
                $"{nameof(Id)} = {Id}, {nameof(PluginId)} = {PluginId}, {nameof(Name)} = {Name}, "
            )
            .Append($"{nameof(Config)} = {Hidden.Unless(Config is null)}, ")
            .Append($"{nameof(Scope)} = {Scope}, {nameof(Enabled)} = {Enabled}, ")
            .Append($"{nameof(CreatedAt)} = {CreatedAt:u}, {nameof(UpdatedAt)} = {UpdatedAt:u}");
        return true;
    }
}
