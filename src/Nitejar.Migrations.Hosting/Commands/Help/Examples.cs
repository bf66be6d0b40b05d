namespace Nitejar.Migrations.Hosting.Commands.Help;

/// <summary>Calls of the program that help shows, each below a line that says what it is for.</summary>
internal static class Examples
{
    /// <summary>Returns those of a command; empty for one that only holds others.</summary>
    /// <param name="path">The command with those above it: <c>archive list</c>; empty for the program itself.</param>
    /// <param name="program">The name of the program.</param>
    public static string Of(string path, string program) =>
        Of(path).Replace("$", program, StringComparison.Ordinal);

    private static string Of(string path) =>
        path switch
        {
            "" => """
                # Apply what is pending to a SQLite file
                $ up -c ./app.db
                # See what a rollback would do, and do it
                $ down --dry-run
                $ down
                # Prove in CI that each Down undoes its Up
                $ verify --junit verify.xml
                """,
            "up" => """
                # Before the new version starts
                $ up -e production --lock-timeout 2m
                # Review the SQL, then run exactly that
                $ up --dry-run --out plan.json
                $ up --plan plan.json
                # In each tenant's schema of a PostgreSQL database
                $ up --target-schemas 'tenant_*'
                """,
            "down" => """
                # The latest applied migration; asks before rows are removed
                $ down
                # In a script: back to a version, which stays
                $ down --to 20240101000000 --yes
                """,
            "redo" => "# Try a migration again while it is written\n$ redo -c ./scratch.db",
            "adopt" =>
                "# What would be recorded, and in what the database differs\n$ adopt --dry-run",
            "status" => "# Exit with 3 while something is pending\n$ status --check -e production",
            "script up" => """
                # The SQL of a release, for its reviewer
                $ script up --from 20240101000000 --provider postgres
                """,
            "script down" => "# The SQL of the way back\n$ script down --to 20240101000000",
            "schema" => "# As CREATE statements\n$ schema --format sql -c ./app.db",
            "history" => "# For a program\n$ history --json",
            "archive list" => "# What `down` has kept\n$ archive list -e production",
            "archive purge" => "# What has been kept for a month\n$ archive purge --older-than 30d",
            "backup" => "# Under a name of your own\n$ backup --to ./before.db",
            "restore" => "# Replace a database by its backup\n$ restore ./before.db -c ./app.db",
            "verify" => """
                # In CI, with a report
                $ verify --junit verify.xml
                # From the database of the last release
                $ verify --from ./released.db
                """,
            "drift" => "# What was changed past the migrations\n$ drift -e production",
            "new" => "# A file whose version is now\n$ new AddTopics",
            "completion bash" => "# In ~/.bashrc\nsource <($ completion bash)",
            "completion zsh" => "# In ~/.zshrc, behind compinit\nsource <($ completion zsh)",
            "completion fish" => "# In config.fish\n$ completion fish | source",
            "help" => "# The help of a command\n$ help archive purge",
            _ => "",
        };
}
