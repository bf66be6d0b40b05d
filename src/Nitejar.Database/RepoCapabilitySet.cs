using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Nitejar.Database;

/// <summary>
/// An immutable set of capabilities, equal to another by content. It keeps the order in which it was made, so that
/// what is read and written back looks as before.
/// </summary>
[CollectionBuilder(typeof(RepoCapabilitySet), nameof(Create))]
public sealed class RepoCapabilitySet : IReadOnlySet<RepoCapability>, IEquatable<RepoCapabilitySet>
{
    private readonly ImmutableArray<RepoCapability> _ordered;
    private readonly ImmutableHashSet<RepoCapability> _set;

    private RepoCapabilitySet(IEnumerable<RepoCapability> capabilities)
    {
        _ordered = [.. capabilities.Distinct()];
        _set = [.. _ordered];
    }

    /// <summary>No capability.</summary>
    public static RepoCapabilitySet Empty { get; } = new([]);

    /// <inheritdoc />
    public int Count => _ordered.Length;

    /// <summary>Makes a set; duplicates count once. A collection expression calls this.</summary>
    public static RepoCapabilitySet Create(ReadOnlySpan<RepoCapability> capabilities) =>
        capabilities.IsEmpty ? Empty : new RepoCapabilitySet(capabilities.ToArray());

    /// <summary>This set and the others.</summary>
    public RepoCapabilitySet Union(IEnumerable<RepoCapability> others) =>
        new(_ordered.Concat(others));

    /// <summary>This set without the others.</summary>
    public RepoCapabilitySet Except(IEnumerable<RepoCapability> others) =>
        new(_ordered.Except(others));

    /// <inheritdoc />
    public bool Contains(RepoCapability item) => _set.Contains(item);

    /// <inheritdoc />
    public bool IsProperSubsetOf(IEnumerable<RepoCapability> other) => _set.IsProperSubsetOf(other);

    /// <inheritdoc />
    public bool IsProperSupersetOf(IEnumerable<RepoCapability> other) =>
        _set.IsProperSupersetOf(other);

    /// <inheritdoc />
    public bool IsSubsetOf(IEnumerable<RepoCapability> other) => _set.IsSubsetOf(other);

    /// <inheritdoc />
    public bool IsSupersetOf(IEnumerable<RepoCapability> other) => _set.IsSupersetOf(other);

    /// <inheritdoc />
    public bool Overlaps(IEnumerable<RepoCapability> other) => _set.Overlaps(other);

    /// <inheritdoc />
    public bool SetEquals(IEnumerable<RepoCapability> other) => _set.SetEquals(other);

    /// <summary>Whether both hold the same capabilities, in whatever order.</summary>
    public bool Equals(RepoCapabilitySet? other) => other is not null && _set.SetEquals(other._set);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as RepoCapabilitySet);

    /// <inheritdoc />
    public override int GetHashCode() =>
        _ordered.Aggregate(0, (hash, capability) => hash ^ capability.GetHashCode());

    /// <summary>The values in order, separated by commas.</summary>
    public override string ToString() => string.Join(", ", _ordered);

    /// <inheritdoc />
    public IEnumerator<RepoCapability> GetEnumerator() =>
        ((IEnumerable<RepoCapability>)_ordered).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
