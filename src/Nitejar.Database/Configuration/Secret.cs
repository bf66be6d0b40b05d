using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Nitejar.Database.Configuration;

/// <summary>
/// Text that must not get into logs: only <see cref="Reveal"/> gives it out, neither <see cref="ToString"/> nor a
/// serializer does.
/// </summary>
[DebuggerDisplay(Hidden.Mark)]
public sealed class Secret(string value) : IEquatable<Secret>
{
    private readonly string _value = value;

    /// <summary>The text itself.</summary>
    public string Reveal() => _value;

    /// <summary>A mark in place of the text.</summary>
    public override string ToString() => Hidden.Mark;

    /// <summary>Whether both hold the same text; takes the same time wherever they differ.</summary>
    public bool Equals(Secret? other) =>
        other is not null
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(_value),
            Encoding.UTF8.GetBytes(other._value)
        );

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <inheritdoc />
    public override int GetHashCode() => _value.GetHashCode(StringComparison.Ordinal);
}
