using System.Text;

namespace Nitejar.Database;

/// <summary>A service that Nitejar is connected to: a row of <c>integrations</c>.</summary>
public sealed record Integration
{
    /// <summary>Primary key, a UUID as text.</summary>
    public required string Id { get; init; }

    /// <summary>What kind of service, for example <c>github</c> or <c>telegram</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// JSON, or <see langword="null"/>. May hold secrets, encrypted or not, so <see cref="ToString"/> leaves it out.
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
            .Append($"{nameof(Id)} = {Id}, {nameof(Type)} = {Type}, {nameof(Name)} = {Name}, ")
            .Append($"{nameof(Config)} = {Hidden.Unless(Config is null)}, ")
            .Append($"{nameof(Scope)} = {Scope}, {nameof(Enabled)} = {Enabled}, ")
            .Append($"{nameof(CreatedAt)} = {CreatedAt:u}, {nameof(UpdatedAt)} = {UpdatedAt:u}");
        return true;
    }
}
