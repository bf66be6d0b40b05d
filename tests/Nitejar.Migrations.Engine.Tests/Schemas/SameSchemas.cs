namespace Nitejar.Migrations.Engine.Tests.Schemas;

/// <summary>The same schema in other words.</summary>
internal static class SameSchemas
{
    /// <summary>Pairs of SQL.</summary>
    public static readonly string[][] All =
    [
        ["CREATE TABLE t (a)", "CREATE TABLE \"T\" ( [A] /* first */ ) -- so"],
        [
            "CREATE TABLE t (a varchar(20), b integer)",
            "CREATE TABLE t (a VARCHAR ( 20 ), b INTEGER)",
        ],
        [
            "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL UNIQUE)",
            "CREATE TABLE t (a INTEGER, b TEXT NOT NULL, UNIQUE (b), PRIMARY KEY (a))",
        ],
        [
            "CREATE TABLE t (a DEFAULT 0, b DEFAULT 'x')",
            "CREATE TABLE t (a DEFAULT (0), b DEFAULT (('x')))",
        ],
        [
            "CREATE TABLE t (a CHECK (a > 0), b CHECK (b))",
            "CREATE TABLE t (a, b, CHECK (B), CHECK (\"a\">0))",
        ],
        [
            "CREATE TABLE p (x INTEGER PRIMARY KEY); CREATE TABLE t (a REFERENCES p)",
            "CREATE TABLE p (x INTEGER PRIMARY KEY); CREATE TABLE t (a, FOREIGN KEY (a) REFERENCES P (X) ON DELETE NO ACTION)",
        ],
        [
            "CREATE TABLE t (a, b, FOREIGN KEY (a, b) REFERENCES p (x, y))",
            "CREATE TABLE t (a, b, FOREIGN KEY (b, a) REFERENCES p (y, x))",
        ],
        [
            "CREATE TABLE t (a REFERENCES p (x))",
            "CREATE TABLE t (a REFERENCES p (x) MATCH FULL NOT DEFERRABLE)",
        ],
        [
            "CREATE TABLE t (a); CREATE INDEX i ON t (a) WHERE a IS NOT NULL",
            "CREATE TABLE t (a); CREATE INDEX I ON T (\"A\" ASC) where ( A is not null )",
        ],
        [
            "CREATE TABLE t (a COLLATE BINARY); CREATE INDEX i ON t (a)",
            "CREATE TABLE t (a); CREATE INDEX i ON t (a COLLATE binary)",
        ],
        [
            "CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t",
            "CREATE TABLE u (a); CREATE VIEW v AS SELECT a FROM u; ALTER TABLE u RENAME TO t",
        ],
        [
            "CREATE TABLE t (a); CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END",
            "CREATE TABLE u (a); CREATE TRIGGER r AFTER INSERT ON u BEGIN SELECT 1; END; ALTER TABLE u RENAME TO t",
        ],
        [
            "CREATE TABLE t (a, b CHECK (b > a)); CREATE INDEX i ON t (b)",
            "CREATE TABLE t (a, c CHECK (c > a)); CREATE INDEX i ON t (c); ALTER TABLE t RENAME c TO b",
        ],
        ["CREATE VIRTUAL TABLE t USING fts5(a, b)", "CREATE VIRTUAL TABLE T USING FTS5( a ,b )"],
        ["", "CREATE TABLE VersionInfo (a)"],
    ];
}
