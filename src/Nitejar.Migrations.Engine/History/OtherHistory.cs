namespace Nitejar.Migrations.Engine.History;

/// <summary>The table in which another tool keeps its history.</summary>
/// <param name="Tool">The tool, as people call it.</param>
/// <param name="Table">The table.</param>
/// <param name="Newest">Its newest entry; <see langword="null"/> where it has none that can be told.</param>
public sealed record OtherHistory(string Tool, string Table, string? Newest)
{
    /// <summary>The history in words: <c>kysely_migration (Kysely), newest entry 20260203_000001_initial_schema</c>.</summary>
    public override string ToString() =>
        $"{Table} ({Tool}), {(Newest is null ? "without an entry" : $"newest entry {Newest}")}";
}
