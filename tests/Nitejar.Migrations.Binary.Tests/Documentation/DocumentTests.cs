using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Documentation;

/// <summary>Tests that run blocks of documents in a folder of their own.</summary>
public abstract class DocumentTests : WorkplaceTests
{
    /// <summary>Runs a block as it stands, but that /etc and /var are in this test's folder.</summary>
    private protected CommandResult Run(string document, string start) =>
        Shell(DocumentedBlock.Of(document, start).Text);

    /// <summary>Runs commands with the program in the path.</summary>
    private protected CommandResult Shell(string script) =>
        new Command(
            Programs.Require("sh"),
            Place.Folder,
            "-ec",
            script
                .Replace("/etc/", $"{Place.Folder}/", StringComparison.Ordinal)
                .Replace("/var/lib/", $"{Place.Folder}/", StringComparison.Ordinal)
        )
        {
            Variables = new Dictionary<string, string>(Place.Variables)
            {
                ["HOME"] = Place.Folder,
                ["PATH"] =
                    $"{Place["bin"]}:{Path.GetDirectoryName(PublishedBinary.ProgramFile)}:{Environment.GetEnvironmentVariable("PATH")}",
            },
        }.Run();

    /// <summary>Puts a program into the path that notes how it was called, in a file of its name.</summary>
    private protected void Note(string program)
    {
        Directory.CreateDirectory(Place["bin"]);
        Place.Write($"bin/{program}", $"#!/bin/sh\necho \"$@\" >> {Place[program]}\n");
        Shell($"chmod +x bin/{program}").Exits(0);
    }
}
