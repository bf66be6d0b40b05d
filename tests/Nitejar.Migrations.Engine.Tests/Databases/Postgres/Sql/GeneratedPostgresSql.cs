namespace Nitejar.Migrations.Engine.Tests.Databases.Postgres.Sql;

/// <summary>Makes names and texts of SQL that hold whatever PostgreSQL's lexer treats in a way of its own.</summary>
internal sealed class GeneratedPostgresSql(Random random)
{
    private static readonly string[] Separators =
    [
        " ",
        " ",
        "\t",
        "\n",
        "\f",
        "\r\n",
        "/**/",
        "/* ; ' \" $$ -- */",
        "/* /* ; */ ; */",
        "/*/ ; */",
        "/***/",
        "-- ; ' /* $$\n",
        "--\r",
    ];

    private static readonly string[] Texts =
    [
        "';'",
        "'it''s;'",
        "''",
        "'a;'\n ';b'",
        "'--;'",
        "'/*'",
        "$$;$$",
        "$$ ' ; \" $$",
        "$a$ $$ ; $b$ $a$",
        "$é1$;$é2$;$é1$",
        "$_$ -- ; $_$",
        "N';'",
        "b'1'",
    ];

    /// <summary>None of them leaves a backslash outside of quotes, with which psql has its own plans.</summary>
    private static readonly string[] Escaped =
    [
        "E'\\';'",
        "e'''\\\\'",
        "E'\\\\\\';'",
        "'\\'",
        "U&'\\003B'",
        "u&'\\;'",
        "U&\"a\\003B;\"",
        "$$ \\ ; $$",
        "\"\\;\"",
    ];

    private static readonly string[] Noise =
    [
        "'",
        "\"",
        "$$",
        "$a$",
        "$1",
        "$1$a$",
        "1$a$",
        "/*",
        "*/",
        "/*/",
        "--",
        ";",
        ";;",
        "(",
        ")",
        "END",
        "E'",
        "U&\"",
        "@-",
        "\n",
        "\u00A0",
    ];

    private static readonly string[] Keywords =
    [
        .. "ADD ALL ALTER AND AS ATOMIC BEGIN CASCADE CASE CLUSTER COLUMN COMMENT CONCURRENTLY CONFLICT"
            .Split(' ')
            .Select(word => word + " "),
        .. "CONSTRAINT COPY CREATE CYCLE DATABASE DEFAULT DELETE DETACH DISTINCT DO DROP EXCLUDE EXISTS EXTENSION"
            .Split(' ')
            .Select(word => word + " "),
        .. "FOREIGN FROM FUNCTION GRANT IF IN INDEX INSERT INTO IS KEY LANGUAGE MATCHED MATERIALIZED"
            .Split(' ')
            .Select(word => word + " "),
        .. "MERGE NAMES NOT ON ONLY OR PRIMARY PROGRAM REFERENCES REINDEX RENAME REPLACE RESET RETURNING"
            .Split(' ')
            .Select(word => word + " "),
        .. "ROLE ROLLBACK SCHEMA SEARCH SELECT SET STDIN TABLE TEMP THEN TO TRIGGER TRUNCATE TYPE"
            .Split(' ')
            .Select(word => word + " "),
        .. "UESCAPE UNIQUE UPDATE USING VALUES VIEW WHEN WHERE WITH set_config dblink t s ."
            .Split(' ')
            .Select(word => word + " "),
        .. ", * = [ ]".Split(' ').Select(word => word + " "),
    ];

    private static readonly string[] NameParts =
    [
        "é",
        "Ä",
        "e\u0301",
        "टिप्पणी",
        "姓・名",
        "€",
        "😀",
        "\u00A0",
        "\u2028",
        "\uFEFF",
        "ſ",
        "a",
        "Z",
        "_",
        "$",
        "7",
        "long_enough_to_be_cut",
    ];

    private static readonly string[] QuotedParts =
    [
        " ",
        ";",
        "'",
        "\"",
        "--",
        "/*",
        ".",
        "(",
        "$$",
    ];

    /// <summary>A name that is not a word of SQL, in one of the ways to write it.</summary>
    public string WrittenName()
    {
        var needsQuotes = random.Next(2) == 0;
        var parts = needsQuotes ? [.. NameParts, .. QuotedParts] : NameParts;
        var name = "n" + string.Concat(Some(parts, 1, 6));
        return random.Next(needsQuotes ? 2 : 3) switch
        {
            0 => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
            1 =>
                $"U&\"{string.Concat(name.EnumerateRunes().Select(rune => $"\\+{rune.Value:X6}"))}\"",
            _ => name,
        };
    }

    /// <summary>The words, with blanks and comments between.</summary>
    public string Words(params string[] words) =>
        string.Join("", words.Select(w => w + Separator()));

    /// <summary>Statements that psql sends one by one; some have noise in them, some are left open at the end.</summary>
    public string Script()
    {
        var isNoisy = random.Next(3) == 0;
        var text = string.Concat(
            Enumerable.Range(0, random.Next(1, 6)).Select(_ => Statement(isNoisy) + End())
        );
        for (var noise = isNoisy ? random.Next(1, 4) : 0; noise > 0; noise--)
        {
            text = text.Insert(random.Next(text.Length + 1), One(Noise));
        }

        return text;
    }

    /// <summary>Words of SQL in any order, none of which need make sense.</summary>
    public string Nonsense() =>
        string.Concat(Some([.. Keywords, .. Noise, .. Texts, .. Escaped, .. Separators], 1, 30));

    private string Statement(bool isNoisy) =>
        random.Next(isNoisy ? 5 : 9) switch
        {
            0 => Words("SELECT", One(Texts), ",", One(Texts), "AS", "\"a;\"\"b\""),
            1 => Words("SELECT", "a$b", "+", "(", "1", "*", "2", ")", "*/*;*/", "3"),
            2 => Words("(", "SELECT", "1", ";", "SELECT", "2", ")"),
            3 => Words("SELECT", "1", "::", "int", "[", "1", ":", "2", "]", ",", "$1", ",", ".5"),
            4 => One([
                "",
                Separator(),
                "SELECT CASE WHEN 1 THEN 2 END",
                "ABORT",
                "END",
                "CREATE TABLE t (a)",
            ]),
            5 => Words("SELECT", One(Escaped), ",", One(Escaped)),
            6 => Words("DO", One(["$$", "$x$"]) is var tag ? $"{tag}BEGIN; 'a; END{tag}" : ""),
            _ => Routine(),
        };

    private string Routine()
    {
        var body = Enumerable
            .Range(0, random.Next(1, 4))
            .Select(_ =>
                One([
                    Words("SELECT", "CASE", "WHEN", "a", "THEN", One(Texts), "END", ";"),
                    Words("SELECT", "(CASE WHEN a THEN 1 END)", ";"),
                    Words("INSERT", "INTO", "t", "VALUES", "(", One(Escaped), ")", ";"),
                    Words("SELECT", "case_end", ",", "\"end\"", ",", "ende", ";"),
                    Words(";"),
                ])
            );
        return Words("CREATE", One(["", "OR REPLACE"]), One(["FUNCTION", "procedure"]), "f()")
            + Words(One(["", "RETURNS int", "LANGUAGE sql"]), "BEGIN", "atomic")
            + string.Concat(body)
            + Words("END");
    }

    private string End() =>
        random.Next(8) switch
        {
            0 => ";;",
            1 => "",
            2 => Separator() + ";" + Separator(),
            _ => ";",
        };

    private string Separator()
    {
        var separators = string.Concat(Some(Separators, 0, 2));
        return separators.Length == 0 ? " " : separators;
    }

    private string One(string[] all) => all[random.Next(all.Length)];

    private IEnumerable<string> Some(string[] all, int from, int to) =>
        Enumerable.Range(0, random.Next(from, to + 1)).Select(_ => One(all));
}
