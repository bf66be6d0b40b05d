namespace Nitejar.Migrations.Postgres.Connections;

/// <summary>Where no scratch database can be made.</summary>
internal static class ScratchRefusal
{
    /// <summary>Returns why none can be made beside this database; <see langword="null"/> where nothing speaks against it.</summary>
    public static DatabaseUnavailableException? For(
        string name,
        bool isStandby,
        bool isPooled,
        EngineProfile? profile
    ) =>
        isStandby
            ? new DatabaseUnavailableException(
                $"{name} is a standby, where no scratch database can be made to try the migrations in.",
                "Name the primary server; `status` tells on a standby, too, what was changed since the last run."
            )
        : isPooled
            ? new DatabaseUnavailableException(
                $"{name} is reached through a pooler, which does not know the scratch database in which the migrations are tried.",
                "Use a direct connection to the server."
            )
        : profile != EngineProfile.Postgres
            ? new DatabaseUnavailableException(
                $"{name} is {profile?.Name}, where a scratch database to try the migrations in proves nothing.",
                "Use a PostgreSQL server."
            )
        : null;
}
