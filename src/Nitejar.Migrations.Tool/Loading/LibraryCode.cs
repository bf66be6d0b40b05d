using System.Reflection;
using System.Reflection.Metadata;

namespace Nitejar.Migrations.Tool.Loading;

/// <summary>What the code of a library calls, as its metadata tell.</summary>
internal static class LibraryCode
{
    /// <summary>Returns whether it may call a method of another library, by its name alone.</summary>
    public static unsafe bool Calls(Assembly library, string method)
    {
        if (!library.TryGetRawMetadata(out var bytes, out var length))
        {
            return true;
        }

        var metadata = new MetadataReader(bytes, length);
        return metadata.MemberReferences.Any(handle =>
            metadata.StringComparer.Equals(metadata.GetMemberReference(handle).Name, method)
        );
    }
}
