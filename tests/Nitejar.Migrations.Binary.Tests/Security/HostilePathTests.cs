using System.Net.Sockets;
using System.Runtime.Versioning;
using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Security;

/// <summary>Paths that somebody got wrong or laid out as a trap: one clear sentence, at once, and nothing touched.</summary>
[Platform(Exclude = "Win")]
[UnsupportedOSPlatform("windows")]
public sealed class HostilePathTests : WorkplaceTests
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    [TestCase("pipe", "is a named pipe")]
    [TestCase("/dev/zero", "is a device")]
    [TestCase("/dev/null", "is a device")]
    [TestCase("circle", "symbolic link that leads nowhere")]
    [TestCase("circle/x.db", "cannot be looked up")]
    [TestCase("nowhere", "none does not exist")]
    [TestCase(".", "is a directory")]
    [TestCase("file/x.db", "is a file and not a folder")]
    public void No_database_can_be_there(string path, string error)
    {
        MakePipe("pipe");
        File.CreateSymbolicLink(Place["circle"], Place["elcric"]);
        File.CreateSymbolicLink(Place["elcric"], Place["circle"]);
        File.CreateSymbolicLink(Place["nowhere"], Place["none/x.db"]);
        Place.Write("file", "");
        var before = Place.Files.ToArray();

        var result = InTime(() => Place.Run("up", "-c", $"./{path}".Replace(".//", "/")));

        Assert.That(result.Exits(7).Error, Does.Contain(error));
        Assert.That(Place.Files, Is.EqualTo(before));
    }

    [TestCase(234, 0)]
    [TestCase(235, 7, TestName = "No room for the journal of the private name")]
    [TestCase(300, 7)]
    [TestCase(5000, 7)]
    public void A_name_that_is_too_long_is_said_so(int length, int exitCode)
    {
        var result = Place.Run("up", "-c", "./" + new string('a', length)).Exits(exitCode);

        Assert.That(
            result.Error.Contains("longer than", StringComparison.Ordinal),
            Is.EqualTo(exitCode == 7),
            $"{result}"
        );
        Assert.That(result.Error, Does.Not.Contain("defect"));
    }

    [TestCase("--connection-file", "pipe", "is a named pipe")]
    [TestCase("--config", "pipe", "is a named pipe")]
    [TestCase("--connection-file", "/dev/tty", "is a device")]
    [TestCase("--connection-file", "socket", "is a socket")]
    [TestCase("--config", "socket", "is a socket")]
    [TestCase("--connection-file", ".", "is a folder")]
    public void What_could_be_waited_for_for_ever_is_not_read(
        string option,
        string path,
        string error
    )
    {
        MakePipe("pipe");
        using var socket = new Socket(
            AddressFamily.Unix,
            SocketType.Stream,
            ProtocolType.Unspecified
        );
        socket.Bind(new UnixDomainSocketEndPoint(Place["socket"]));

        var result = InTime(() => Place.Run("up", option, path));

        Assert.That(result.Exits(2).Error, Does.Contain(error).And.Contains(option));
        Assert.That(Place.Files, Is.EqualTo((string[])["pipe", "socket"]));
    }

    [Test]
    public void A_configuration_in_the_working_directory_that_is_a_pipe_is_not_waited_for()
    {
        MakePipe("migrations.json");

        var result = InTime(() => Place.Run("status"));

        Assert.That(result.Exits(2).Error, Does.Contain("migrations.json is a named pipe"));
    }

    [Test]
    public void A_connection_may_come_through_a_pipe_that_a_shell_has_opened()
    {
        const string call = "(sleep 0.3; echo x.db) | \"$0\" up --connection-file /dev/stdin";

        InShell(call).Exits(0);

        Assert.That(Place.Files, Is.EqualTo((string[])["x.db"]));
    }

    [Test]
    public void Bytes_that_are_no_text_name_no_database()
    {
        var result = InShell("\"$0\" up -c \"$(printf 'a\\377.db')\"");

        Assert.That(result.Exits(2).Error, Does.Contain("bytes that are not UTF-8"));
        Assert.That(Place.Files, Is.Empty);
    }

    [TestCase("status")]
    [TestCase("up")]
    public void A_folder_that_may_not_be_searched_is_no_reason_to_think_that_nothing_is_there(
        string command
    )
    {
        OtherUser.RequireRoot();
        Directory.CreateDirectory(Place["closed"]);
        Place.Run("up", "-c", "closed/x.db").Exits(0);
        File.SetUnixFileMode(Place["closed"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        OtherUser.MayRunIn(Place);

        var result = OtherUser.Run(Place, command, "-c", "closed/x.db");

        File.SetUnixFileMode(Place["closed"], OtherUser.Everything);
        Assert.That(result.Exits(7).Error, Does.Contain("no permission to look into its folder"));
    }

    [Test]
    public void Another_users_link_in_a_folder_for_everybody_is_not_followed()
    {
        OtherUser.RequireRoot();
        Directory.CreateDirectory(Place["open"]);
        File.SetUnixFileMode(Place["open"], OtherUser.Everything | UnixFileMode.StickyBit);
        File.CreateSymbolicLink(Place["open/x.db"], Place["trap.db"]);
        Place.Run("up", "-c", "open/x.db", "--to", Core).Exits(0);
        new Command(Programs.Require("chown"), "/", "-h", "65534", Place["open/x.db"])
            .Run()
            .Exits(0);

        var result = Place.Run("up", "-c", "open/x.db").Exits(7);

        Assert.That(result.Error, Does.Contain("another user's symbolic link"));
    }

    [Test]
    public void Such_a_link_is_not_followed_as_a_folder_of_the_path_either()
    {
        OtherUser.RequireRoot();
        Directory.CreateDirectory(Place["private"]);
        Place.Run("up", "-c", "private/x.db", "--to", Core).Exits(0);
        Directory.CreateDirectory(Place["open"]);
        File.SetUnixFileMode(Place["open"], OtherUser.Everything | UnixFileMode.StickyBit);
        File.CreateSymbolicLink(Place["open/app"], Place["private"]);
        Place.Run("up", "-c", "open/app/x.db", "--to", Core).Exits(0);
        new Command(Programs.Require("chown"), "/", "-h", "65534", Place["open/app"])
            .Run()
            .Exits(0);

        foreach (var name in (string[])["x.db", "new.db"])
        {
            var result = Place.Run("up", "-c", $"open/app/{name}").Exits(7);

            Assert.That(result.Error, Does.Contain("open/app is another user's symbolic link"));
        }

        Assert.That(File.Exists(Place["private/new.db"]), Is.False);
    }

    [TestCase(UnixFileMode.None, true)]
    [TestCase(UnixFileMode.StickyBit, false)]
    public void A_folder_where_everybody_may_replace_the_file_is_warned_of(
        UnixFileMode sticky,
        bool warns
    )
    {
        Directory.CreateDirectory(Place["open"]);
        File.SetUnixFileMode(Place["open"], OtherUser.Everything | sticky);

        var loud = Place.Run("up", "-c", "open/x.db").Exits(0);
        var quiet = Place.Run("up", "-c", "open/x.db", "--quiet").Exits(0);

        Assert.That(
            loud.Error.Contains("every user may replace files", StringComparison.Ordinal),
            Is.EqualTo(warns)
        );
        Assert.That(quiet.Error, Is.Empty);
    }

    [Test]
    public void A_receipt_replaces_a_link_that_was_laid_out_for_it()
    {
        Place.Write("victim", "kept");
        File.CreateSymbolicLink(Place["receipt.json"], Place["victim"]);
        Place.Variables["MIGRATION_RECEIPT_PATH"] = Place["receipt.json"];

        Place.Run("up", "-c", "x.db").Exits(0);

        Assert.That(File.ReadAllText(Place["victim"]), Is.EqualTo("kept"));
        Assert.That(new FileInfo(Place["receipt.json"]).LinkTarget, Is.Null);
        Assert.That(
            File.GetUnixFileMode(Place["receipt.json"]),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite)
        );
    }

    [Test]
    public void Names_in_the_history_cannot_steer_the_terminal()
    {
        Place.Run("up", "-c", "x.db").Exits(0);
        Place.Sqlite(
            "x.db",
            """
            INSERT INTO VersionInfo VALUES (20990101000000, '2099-01-01', char(27) || ']0;own' || char(7) || char(155) || '2J' || char(10) || '  applied  0_Fake');
            UPDATE VersionJournal SET Name = char(27) || '[31mred', User = char(8238) || 'root' WHERE Version = 20240501120000;
            """
        );

        foreach (var command in (string[])["status", "history", "up"])
        {
            var result = Place.Run(command, "-c", "x.db");

            Assert.That(
                result.Output + result.Error,
                Does.Not.Match("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202e]"),
                $"{result}"
            );
            Assert.That(result.Output, Does.Not.Match("(?m)^  applied  0_Fake"));
        }
    }

    [Test]
    public void A_flood_of_arguments_is_wrong_use()
    {
        var many = Enumerable.Range(0, 10_000).Select(i => $"--x{i}").ToArray();

        InTime(() => Place.Run(["up", .. many])).Exits(2);
        InTime(() => Place.Run("up", "-c", new string('=', 120_000))).Exits(2);
        InTime(() => Place.Run("up", new string('x', 120_000))).Exits(2);

        Assert.That(Place.Files, Is.Empty);
    }

    private static CommandResult InTime(Func<CommandResult> run) => Within(AtOnce, run);

    /// <summary>Runs a script whose <c>$0</c> is the binary.</summary>
    private CommandResult InShell(string script) =>
        new Command(Programs.Require("sh"), Place.Folder, "-c", script, PublishedBinary.ProgramFile)
        {
            Variables = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
        }.Run();

    private void MakePipe(string name) =>
        new Command(Programs.Require("mkfifo"), Place.Folder, name).Run().Exits(0);
}
