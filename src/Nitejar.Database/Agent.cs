using System.Text;

namespace Nitejar.Database;

/// <summary>An agent: a row of <c>agents</c>.</summary>
public sealed record Agent
{
    /// <summary>Primary key.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people, unique.</summary>
    public required string Name { get; init; }

    /// <summary>The machine on which it runs, or <see langword="null"/>.</summary>
    public string? SpriteId { get; init; }

    /// <summary>JSON, or <see langword="null"/>. <see cref="ToString"/> leaves it out.</summary>
    public string? Config { get; init; }

    /// <summary>What it is doing; the database's default is <c>idle</c>.</summary>
    public string Status { get; init; } = "idle";

    /// <summary>
    /// Short name, unique, which Nitejar's own migrations add; <see langword="null"/> where it has none. In a database
    /// without that column it is <see langword="null"/> when read and left out when written.
    /// </summary>
    public string? Handle { get; init; }

    /// <summary>When the row was made, whole seconds. Left out of an insert, the database fills it.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the row was last changed, whole seconds. Left out of an insert, the database fills it.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder
            .Append(
                $"{nameof(Id)} = {Id}, {nameof(Name)} = {Name}, {nameof(SpriteId)} = {SpriteId}, "
            )
            .Append(
                $"{nameof(Config)} = {Hidden.Unless(Config is null)}, {nameof(Status)} = {Status}, "
            )
            .Append($"{nameof(Handle)} = {Handle}, ")
            .Append($"{nameof(CreatedAt)} = {CreatedAt:u}, {nameof(UpdatedAt)} = {UpdatedAt:u}");
        return true;
    }
}
