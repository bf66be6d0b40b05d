using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Sites;

namespace Nitejar.Migrations.Faults.Tests.Harness.Disks;

/// <summary>Records every byte that a run hands to the disk.</summary>
internal static partial class DiskTrace
{
    private const string Understood =
        "openat,pwrite64,ftruncate,fallocate,fsync,fdatasync,rename,link,linkat,unlink,write";

    /// <summary>Other ways to change a file. A recording that shows one is incomplete.</summary>
    private const string NotUnderstood =
        "creat,writev,pwritev,pwritev2,truncate,renameat,renameat2,symlink,symlinkat,copy_file_range,sendfile,splice";

    /// <summary>Runs the program, which has to succeed, and lists its calls on files of the site's folder.</summary>
    public static IReadOnlyList<DiskCall> Record(Site site, params string[] arguments)
    {
        var log = site.Outside("disk");
        string[] tracer =
        [
            Tracer.Strace(),
            .. (string[])["-f", "-qq", "-y", "-xx", "-s", "100000000", "-o", log],
            "-e",
            $"trace={Understood},{NotUnderstood}",
        ];
        site.Command(tracer, arguments).Run().RequireExit(0);
        var handles = new Dictionary<string, string>();
        return
        [
            .. InOrder(File.ReadLines(log))
                .Select(line => Call().Match(line))
                .Where(call => call.Success && call.Groups["result"].Value[0] != '-')
                .Select(call => Parse(call, site.Folder, handles))
                .OfType<DiskCall>(),
        ];
    }

    /// <summary>A call that another thread's interrupts is shown in two parts; it is done with the second.</summary>
    private static IEnumerable<string> InOrder(IEnumerable<string> lines)
    {
        var unfinished = new Dictionary<string, string>();
        foreach (var line in lines)
        {
            var thread = line[..line.IndexOf(' ', StringComparison.Ordinal)];
            if (line.EndsWith(Unfinished, StringComparison.Ordinal))
            {
                unfinished[thread] = line[..^Unfinished.Length];
            }
            else if (Resumed().Match(line) is { Success: true } resumed)
            {
                yield return unfinished[thread] + line[resumed.Length..];
            }
            else
            {
                yield return line;
            }
        }
    }

    /// <param name="call">As strace prints it.</param>
    /// <param name="folder">Whose files count.</param>
    /// <param name="handles">The names under which files were made, by the handles in /proc/self/fd.</param>
    private static DiskCall? Parse(Match call, string folder, Dictionary<string, string> handles)
    {
        var name = call.Groups["name"].Value;
        var arguments = call.Groups["arguments"].Value;
        var texts = Texts().Matches(arguments).Select(BytesOf).ToArray();

        // An open file is shown with its whole path; what a name is relative to is the folder.
        var path = Encoding.UTF8.GetString(texts[0]);
        string Named(int number) => Path.Combine(folder, Encoding.UTF8.GetString(texts[number]));
        bool IsOurs(string one) => one.StartsWith(folder, StringComparison.Ordinal);
        return name switch
        {
            "write" when !IsOurs(path) => new DiskCall.Said(Encoding.UTF8.GetString(texts[^1])),
            "openat" when arguments.Contains("O_CREAT", StringComparison.Ordinal) => IsOurs(
                Named(1)
            )
                ? new DiskCall.Created(
                    handles[$"/proc/self/fd/{call.Groups["result"].Value}"] = Named(1)
                )
                : null,
            "linkat" => IsOurs(Named(3)) ? new DiskCall.Linked(handles[Named(1)], Named(3)) : null,
            "rename" => IsOurs(Named(0)) ? new DiskCall.Renamed(Named(0), Named(1)) : null,
            "link" => IsOurs(Named(0)) ? new DiskCall.Linked(Named(0), Named(1)) : null,
            "unlink" => IsOurs(Named(0)) ? new DiskCall.Unlinked(Named(0)) : null,
            _ when !IsOurs(path) => null,
            "openat" => null,
            "pwrite64" => new DiskCall.Written(
                path,
                NumberAtEnd(arguments),
                texts[1][..int.Parse(call.Groups["result"].Value, CultureInfo.InvariantCulture)]
            ),
            "ftruncate" => new DiskCall.Resized(path, NumberAtEnd(arguments)),
            "fallocate" when arguments.Contains("FALLOC_FL_KEEP_SIZE", StringComparison.Ordinal) =>
                null,
            "fsync" or "fdatasync" => new DiskCall.Flushed(path),
            _ => throw new InvalidOperationException($"not understood: {call.Value}"),
        };
    }

    private static byte[] BytesOf(Match text) =>
        Convert.FromHexString(
            text.Groups["hex"].Value.Replace("\\x", "", StringComparison.Ordinal)
        );

    private static long NumberAtEnd(string arguments) =>
        long.Parse(arguments.AsSpan(arguments.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture);

    private const string Unfinished = " <unfinished ...>";

    [GeneratedRegex(@"^\d+ +<\.\.\. [a-z0-9_]+ resumed>")]
    private static partial Regex Resumed();

    [GeneratedRegex(@"^\d+ +(?<name>[a-z0-9_]+)\((?<arguments>.*)\) += (?<result>-?\d+)")]
    private static partial Regex Call();

    [GeneratedRegex("""[<"](?<hex>(\\x[0-9a-f]{2})*)[">]""")]
    private static partial Regex Texts();
}
