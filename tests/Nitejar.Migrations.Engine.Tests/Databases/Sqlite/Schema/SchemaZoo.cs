namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Schema;

/// <summary>Tables with every trait that SQLite knows, written in every way that it takes.</summary>
internal static class SchemaZoo
{
    /// <summary>Each makes a table <c>t</c>, and what it needs.</summary>
    public static readonly string[] Tables =
    [
        "CREATE TABLE t (a)",
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL DEFAULT 'x', c NUMERIC(10, 2) DEFAULT -1.5e+3 NOT NULL)",
        "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT)",
        "CREATE TABLE t (a INTEGER, PRIMARY KEY (a AUTOINCREMENT))",
        "CREATE TABLE t (a INTEGER PRIMARY KEY DESC, b)",
        "CREATE TABLE t (a INTEGER, b, PRIMARY KEY (a DESC))",
        "CREATE TABLE t (a INT PRIMARY KEY)",
        "CREATE TABLE t (a integer primary key asc on conflict replace)",
        "CREATE TABLE t (a TEXT PRIMARY KEY)",
        "CREATE TABLE t (a TEXT PRIMARY KEY) WITHOUT ROWID",
        "CREATE TABLE t (a TEXT, b ANY, c INT, PRIMARY KEY (c, a COLLATE NOCASE DESC)) WITHOUT ROWID, STRICT",
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b any, c Blob, d real) strict",
        "CREATE TABLE t (a INTEGER PRIMARY KEY UNIQUE, b UNIQUE, c UNIQUE UNIQUE, UNIQUE (b), UNIQUE (c, b), UNIQUE (b, c))",
        "CREATE TABLE t (a TEXT PRIMARY KEY UNIQUE, b TEXT UNIQUE COLLATE NOCASE, UNIQUE (b COLLATE BINARY), UNIQUE (b DESC))",
        "CREATE TABLE t (a TEXT UNIQUE, b, PRIMARY KEY (a))",
        "CREATE TABLE t (a INTEGER UNIQUE, PRIMARY KEY (a)) WITHOUT ROWID",
        "CREATE TABLE t (a INTEGER, b TEXT, PRIMARY KEY (a), UNIQUE (a, b) ON CONFLICT IGNORE)",
        "CREATE TABLE t (a, b CHECK (b > 0) CHECK (b < 9), CONSTRAINT x CHECK (a <> b) CONSTRAINT y UNIQUE (a) CHECK (a) ON CONFLICT FAIL)",
        "CREATE TABLE t (a CONSTRAINT nn NOT NULL ON CONFLICT REPLACE DEFAULT 1, b CONSTRAINT d DEFAULT 2 CONSTRAINT e NULL CONSTRAINT f COLLATE rtrim)",
        "CREATE TABLE t (a, b AS (a + 1), c TEXT GENERATED ALWAYS AS (a || ')') STORED NOT NULL, d GENERATED ALWAYS AS (1) VIRTUAL, e INT always, f double generated always as (2))",
        "CREATE TABLE t (a DEFAULT (1 + (2)), b DEFAULT ((7)), c DEFAULT +5, d DEFAULT - 6, e DEFAULT x'ab', f DEFAULT \"Foo\", g DEFAULT foo, h DEFAULT (  unixepoch ( ) /* now */ ), i DEFAULT current_timestamp, j DEFAULT true, k DEFAULT NULL, l DEFAULT 0x1F, m DEFAULT .5, n DEFAULT 'it''s', o DEFAULT [x y], p DEFAULT 1e5 NOT NULL)",
        "CREATE TABLE t (\"a b\" \"my type\", [c d] [br], `e``f` 'str', 'g' varchar ( 25 , 2 ), \"h\"\"i\" int/* c */eger, \"\" TEXT, \"a\u00a0b\" x, c\u00a0d y, größe TEXT, \U0001F600 INT)",
        "CREATE TABLE \"t\"(a -- first\n INTEGER/**/PRIMARY/*(*/KEY\t, -- )\n b\r\nTEXT NOT\fNULL /* , */ DEFAULT/*'*/'/*'\n,c)--end",
        "CREATE TABLE t (\"primary\" TEXT, \"check\" INT, [unique] PRIMARY KEY, `constraint` NOT NULL, \"foreign\")",
        "CREATE TABLE t (key TEXT, action INT, rowid TEXT, generated INT, always TEXT, strict TEXT, no INT, match, desc, asc)",
        "CREATE TABLE p (x INTEGER PRIMARY KEY, y TEXT UNIQUE); CREATE TABLE t (a REFERENCES p, b REFERENCES p (y) ON DELETE SET NULL ON UPDATE CASCADE, c REFERENCES p ON DELETE RESTRICT MATCH FULL ON UPDATE SET DEFAULT NOT NULL, d REFERENCES p DEFERRABLE INITIALLY DEFERRED UNIQUE)",
        "CREATE TABLE p (x, y, PRIMARY KEY (y, x)); CREATE TABLE t (a, b, c REFERENCES p, FOREIGN KEY (a, b) REFERENCES p, CONSTRAINT n FOREIGN KEY (b, a) REFERENCES p (x, y) ON DELETE CASCADE ON UPDATE NO ACTION NOT DEFERRABLE INITIALLY IMMEDIATE)",
        "CREATE TABLE t (a PRIMARY KEY, b REFERENCES t, c REFERENCES missing, d REFERENCES missing (x))",
        "CREATE TABLE t (a, b, c); CREATE INDEX i ON t (a DESC, b COLLATE NOCASE, (c + 1) DESC, lower(a), abs(b) COLLATE RTRIM); CREATE UNIQUE INDEX j ON t ((a), (b COLLATE NOCASE) COLLATE RTRIM ASC) WHERE c IS NOT NULL AND a > 1",
        "CREATE TABLE t (a TEXT COLLATE NOCASE, b); CREATE INDEX i ON t (a); CREATE INDEX j ON t (a COLLATE BINARY); CREATE INDEX k ON t (a || b COLLATE NOCASE, -a COLLATE RTRIM, CASE a WHEN 1 THEN 2 END); CREATE INDEX \"l (x\" ON \"t\"('b', \"a\" /* ) */) WHERE \"b\"='where (' -- c",
        "CREATE TABLE t (a, b); CREATE INDEX i ON t (a, b) WHERE b = 1; CREATE INDEX j ON t (\"A\", B)",
        "CREATE TABLE t AS SELECT 1 AS a, 'x' AS \"b c\", NULL AS d",
        "CREATE TABLE t (a INTEGER PRIMARY KEY); ALTER TABLE t ADD COLUMN b TEXT DEFAULT 'x' CHECK (b <> ''); ALTER TABLE t ADD c REFERENCES t (a); ALTER TABLE t RENAME COLUMN b TO \"b x\"; ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME TO t",
        "CREATE TABLE t (a, b, c INT UNIQUE); ALTER TABLE t DROP COLUMN b",
        "CREATE TABLE t (A TEXT, b, PRIMARY KEY (a, B), FOREIGN KEY (B) REFERENCES T (a))",
        "CREATE TABLE t (a, b, PRIMARY KEY ('a', \"b\"), UNIQUE ([b]))",
        "CREATE TABLE t (a text collate binary, b text collate Binary unique, c text collate nocase unique)",
        "CREATE TABLE t (a UNSIGNED BIG INT, b VARYING CHARACTER(255), c DOUBLE PRECISION, d decimal(10,5), e FLOATING POINT, f STRING)",
        "CREATE TABLE t (a, CONSTRAINT c1 PRIMARY KEY (a) ON CONFLICT ROLLBACK, CONSTRAINT c2 UNIQUE (a) ON CONFLICT ROLLBACK)",
        "CREATE TABLE IF NOT EXISTS main.t (a)",
        "CREATE VIRTUAL TABLE t USING fts5(title, body UNINDEXED, tokenize = 'porter')",
        "CREATE VIRTUAL TABLE t USING rtree(id, minX, maxX)",
    ];
}
