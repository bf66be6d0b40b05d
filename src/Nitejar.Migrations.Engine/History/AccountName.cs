using System.Runtime.InteropServices;

namespace Nitejar.Migrations.Engine.History;

/// <summary>The account as which this process runs.</summary>
internal static partial class AccountName
{
    /// <summary>Its name, or its number where the system has no name for it: a container may have no list of accounts.</summary>
    public static string Current()
    {
        try
        {
            return Environment.UserName is { Length: > 0 } name ? name : Number();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return Number();
        }
    }

    private static string Number() =>
        OperatingSystem.IsWindows() ? "" : EffectiveUser().ToString(CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
