using System.Text.Json;

namespace Nitejar.Migrations.Hosting.Configuration.Json;

/// <summary>Every key of a migrations.json with what it sets, by the object that holds it. The JSON schema lists the same.</summary>
internal static class MigrationsJsonKeys
{
    /// <summary>Those of the file itself.</summary>
    public static readonly Dictionary<string, Setter<MigrationsJson>> Root = new()
    {
        ["$schema"] = (reader, ref json, key, file) =>
        {
            _ = reader.Text(ref json, key);
            return file;
        },
        ["defaultEnvironment"] = (reader, ref json, key, file) =>
            file with
            {
                DefaultEnvironment = reader.Text(ref json, key),
            },
        ["environments"] = (reader, ref json, _, file) =>
            file with
            {
                Environments = reader.ReadEnvironments(ref json),
            },
        ["migrationsDirectory"] = (reader, ref json, key, file) =>
            file with
            {
                MigrationsDirectory = reader.Text(ref json, key),
            },
    };

    /// <summary>Those of an environment.</summary>
    public static readonly Dictionary<string, Setter<EnvironmentJson>> Environment = new()
    {
        ["connection"] = (reader, ref json, key, environment) =>
            environment with
            {
                Connection = reader.Text(ref json, key),
            },
        ["lockTimeout"] = (reader, ref json, key, environment) =>
            environment with
            {
                LockTimeout = reader.Duration(ref json, key),
            },
        ["statementTimeout"] = (reader, ref json, key, environment) =>
            environment with
            {
                StatementTimeout = reader.Duration(ref json, key),
            },
        ["receiptDirectory"] = (reader, ref json, key, environment) =>
            environment with
            {
                ReceiptDirectory = reader.Text(ref json, key),
            },
        ["allowDown"] = (reader, ref json, key, environment) =>
            environment with
            {
                AllowDown = reader.Flag(ref json, key),
            },
        ["backup"] = (reader, ref json, key, environment) =>
            environment with
            {
                Backup = reader.Flag(ref json, key),
            },
        ["backupDirectory"] = (reader, ref json, key, environment) =>
            environment with
            {
                BackupDirectory = reader.Text(ref json, key),
            },
        ["backupsToKeep"] = (reader, ref json, key, environment) =>
            environment with
            {
                BackupsToKeep = reader.Keep(ref json, key),
            },
        ["tags"] = (reader, ref json, key, environment) =>
            environment with
            {
                Tags = reader.Texts(ref json, key),
            },
        ["transaction"] = (reader, ref json, key, environment) =>
            environment with
            {
                Transaction = reader.Unit(ref json, key),
            },
    };

    /// <summary>Takes over the value of a key, which <paramref name="json"/> is at.</summary>
    public delegate T Setter<T>(
        MigrationsJsonReader reader,
        ref Utf8JsonReader json,
        string key,
        T before
    );
}
