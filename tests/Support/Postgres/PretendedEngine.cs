namespace Nitejar.Tests;

/// <summary>
/// A PostgreSQL database that answers as another engine does, as far as the program asks: what follows shows what the
/// program does then, and nothing about that engine.
/// </summary>
internal static class PretendedEngine
{
    /// <summary>The words by which the engines go.</summary>
    public const string Cockroach =
        "CockroachDB CCL v24.3.1 (x86_64-pc-linux-gnu, built 2024/12/05 16:52:37, go1.22.8 X:nocoverageredesign)";

    public const string Yugabyte =
        "PostgreSQL 11.2-YB-2.20.1.0-b0 on x86_64-pc-linux-gnu, compiled by clang version 16.0.6, 64-bit";

    /// <summary>Functions of PostgreSQL that are found first in <c>public</c>, for all sessions that begin from now on.</summary>
    /// <param name="version">What <c>version()</c> answers.</param>
    public static string As(string version) =>
        $"""
            DO $do$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = public, pg_catalog', current_database()); END $do$;
            CREATE OR REPLACE FUNCTION public.version() RETURNS text LANGUAGE sql AS $$ SELECT '{version}' $$;
            """;

    /// <summary>Settings that it does not have are errors, its advisory locks keep no one out, and its transactions have no number.</summary>
    public static string AsCockroach { get; } =
        $"""
            {As(Cockroach)}
            CREATE VIEW public.pg_settings AS SELECT * FROM pg_catalog.pg_settings
            WHERE name !~ '^(tcp_keepalives_|client_connection_check_interval|idle_session_timeout|bytea_output)';
            CREATE FUNCTION public.set_config(name text, value text, is_local boolean) RETURNS text LANGUAGE plpgsql AS $$ BEGIN
                IF NOT EXISTS (SELECT 1 FROM public.pg_settings AS s WHERE s.name = set_config.name) THEN
                    RAISE 'unrecognized configuration parameter "%"', name USING ERRCODE = 'undefined_object';
                END IF;
                RETURN pg_catalog.set_config(name, value, is_local);
            END $$;
            CREATE FUNCTION public.pg_try_advisory_lock(integer, integer) RETURNS boolean LANGUAGE sql AS $$ SELECT true $$;
            CREATE FUNCTION public.pg_current_xact_id() RETURNS text LANGUAGE plpgsql AS $$ BEGIN
                RAISE 'unknown function: pg_current_xact_id()' USING ERRCODE = 'undefined_function';
            END $$;
            """;

    /// <summary>The extension's function, and its table of which node this is.</summary>
    /// <param name="group">0 for the coordinator.</param>
    public static string AsCitus(int group) =>
        $"""
            CREATE FUNCTION public.citus_version() RETURNS text LANGUAGE sql AS $$ SELECT 'Citus 12.1' $$;
            CREATE TABLE public.pg_dist_local_group (groupid integer);
            INSERT INTO public.pg_dist_local_group VALUES ({group});
            """;

    /// <summary>What is not gone with the schema <c>public</c>.</summary>
    public static string End =>
        """
            DO $do$ BEGIN EXECUTE format('ALTER DATABASE %I RESET search_path', current_database()); END $do$;
            """;
}
