using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Nitejar.Migrations.Discovery.Rows;

/// <summary>How generated code comes to <c>[DynamicallyAccessedMembers]</c>, by which the trimmer knows what to keep.</summary>
internal enum TrimmerAttribute
{
    /// <summary>The framework or the project has it.</summary>
    Exists,

    /// <summary>The framework is too old; the trimmer takes any class of that name.</summary>
    IsMissing,

    /// <summary>Several are visible, and code that names one of them does not compile.</summary>
    IsAmbiguous,
}

/// <summary>Looks for the attribute.</summary>
internal static class TrimmerAttributes
{
    public const string Name =
        "System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembersAttribute";

    public static TrimmerAttribute Of(Compilation compilation, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return compilation
            .GetTypesByMetadataName(Name)
            .Count(t => compilation.IsSymbolAccessibleWithin(t, compilation.Assembly)) switch
        {
            0 => TrimmerAttribute.IsMissing,
            1 => TrimmerAttribute.Exists,
            _ => TrimmerAttribute.IsAmbiguous,
        };
    }
}
