using System.Text;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Sql;

/// <summary>Makes names, statements and texts of SQL that hold whatever SQLite's tokenizer treats in a way of its own.</summary>
internal sealed class GeneratedSql(Random random)
{
    private const string Mark = "\uFEFF";

    /// <summary>Of each class: letters, marks, signs, pairs, blanks of other kinds, the byte order mark, ASCII.</summary>
    private static readonly string[] NameParts =
    [
        "é",
        "e\u0301",
        "टिप्पणी",
        "ที่",
        "\u0639\u064E\u0631\u064E",
        "姓・名",
        "€",
        "😀",
        "\U000E0100",
        "\u00A0",
        "\u0085",
        "\u2028",
        "\u3000",
        "\u200D",
        Mark,
        "\u0080",
        "\uFFFD",
        "ſ",
        "ı",
        "a",
        "Z",
        "_",
        "$",
        "7",
    ];

    private static readonly string[] QuotedParts =
    [
        " ",
        ";",
        "'",
        "\"",
        "`",
        "[",
        "--",
        "/*",
        "*/",
        "\n",
        "(",
        " END ",
    ];

    private static readonly string[] Separators =
    [
        " ",
        " ",
        "\t",
        "\n",
        "\f",
        "\r",
        "\r\n",
        " \v",
        " " + Mark,
        " " + Mark + " ",
        "/**/",
        "/*/ ; */",
        "/* ' \" [ */",
        "/* -- */",
        "/*;\n*;**/",
        "-- ;\n",
        "--/* ' \n",
        "/*" + Mark + "*/",
    ];

    /// <summary>What opens, closes or ends something, or is no token at all.</summary>
    private static readonly string[] Noise =
    [
        "'",
        "\"",
        "`",
        "[",
        "]",
        "/*",
        "*/",
        "/*/",
        "--",
        ";",
        "; END",
        "END;",
        "END",
        "(",
        "\v",
        "$",
        "@a(",
        "#a(;)",
        "x'",
        "\u00A0",
        "\u2028",
        Mark,
        "EXPLAIN",
        "CREATE TRIGGER",
        "\n",
    ];

    /// <summary>A name that needs no quotes.</summary>
    public string BareName()
    {
        var name = string.Concat(Some(NameParts, 1, 5));
        return name[0] is '$' or '7' or '\uFEFF' ? "n" + name : name;
    }

    /// <summary>A name that does, unless it is lucky.</summary>
    public string AnyName() =>
        random.Next(2) == 0
            ? BareName()
            : "q" + string.Concat(Some([.. NameParts, .. QuotedParts], 1, 5));

    /// <summary>A way to write a name.</summary>
    public string Written(string name)
    {
        var isBare = !QuotedParts.Any(part => name.Contains(part, StringComparison.Ordinal));
        return random.Next(isBare ? 5 : 4) switch
        {
            0 when !name.Contains(']', StringComparison.Ordinal) => $"[{name}]",
            1 => Quoted(name, '`'),
            2 => Quoted(name, '\''),
            3 or 0 => Quoted(name, '"'),
            _ => name,
        };
    }

    /// <summary>The words, with blanks and comments around each.</summary>
    public string Words(params string[] words) =>
        string.Join("", words.Select(w => Separator() + w + Separator()));

    /// <summary>Statements, most of them right; some are left open at the end, and some texts have noise in them.</summary>
    public string Text()
    {
        var text = string.Concat(
            Enumerable.Range(0, random.Next(1, 5)).Select(_ => Statement() + End())
        );
        for (var noise = random.Next(-4, 3); noise > 0; noise--)
        {
            text = text.Insert(random.Next(text.Length + 1), One(Noise));
        }

        // Noise may have gone between the halves of a pair, which UTF-8 does not have.
        text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        return random.Next(4) switch
        {
            0 => text.TrimEnd(';'),
            1 => text + One(["/* open ;", "-- open ;", "-- open\u2028", "/*", "/*/", " \v", Mark]),
            _ => text,
        };
    }

    /// <summary>With <c>t (a, b)</c> as the only table.</summary>
    private string Statement() =>
        random.Next(12) switch
        {
            0 => Words("CREATE", One(["TABLE", "TEMP TABLE"]), Written(AnyName()), "(a", ",", "b)"),
            1 => Words("SAVEPOINT", Written(AnyName())),
            2 => Words("SELECT", "$a::b(;)", ",", "@é(';)", ",", ":a(/*;)", ",", "?1", ",", "$b"),
            3 => Words(
                "SELECT",
                "x'00'",
                ",",
                "1.5e+3",
                ",",
                "0xAf",
                ",",
                "a",
                "->>",
                "'$.a;'",
                "FROM",
                "t"
            ),
            4 => Words(
                "DELETE",
                "FROM",
                One(["t", "main.t", "\"main\" . [t]"]),
                "WHERE",
                Text("it's; END")
            ),
            5 => Words("EXPLAIN", "QUERY", "PLAN", "SELECT", Text(";"), "-", "-1"),
            6 => Words("UPDATE", "t", "SET", "a", "=", "CASE", "WHEN", "b", "THEN", "1", "END"),
            7 or 8 => Trigger(),
            9 => Words("EXPLAIN") + Trigger(),
            10 => "",
            _ => Words(
                "SELECT",
                "1",
                "AS",
                Written(AnyName()),
                ",",
                Text(AnyName()),
                "AS",
                Written(AnyName())
            ),
        };

    private string Trigger()
    {
        var body = Enumerable
            .Range(0, random.Next(1, 4))
            .Select(_ =>
                One([
                    Words(
                        "UPDATE",
                        "t",
                        "SET",
                        "a",
                        "=",
                        "CASE",
                        "WHEN",
                        "1",
                        "THEN",
                        "2",
                        "END",
                        ";"
                    ),
                    Words("DELETE", "FROM", "t", "WHERE", "a", "=", Text("; END;"), ";"),
                    Words("SELECT", "1", "AS", Written(AnyName()), ";"),
                    Words("INSERT", "INTO", "t", "VALUES", "(1,", "';')", ";"),
                ])
            );
        return Words(
                "CREATE",
                One(["TRIGGER", "TEMP" + Separator() + "TRIGGER", "temporary\ntrigger"])
            )
            + Words(Written(AnyName()), "AFTER", "INSERT", "ON", "t", "BEGIN")
            + string.Concat(body)
            + Words("END");
    }

    private string End() => One([";", ";", ";;", "; ;" + Mark, Separator() + ";" + Separator()]);

    private string Separator()
    {
        var separators = string.Concat(Some(Separators, 0, 2));
        return separators.Length == 0 ? " " : separators;
    }

    private static string Text(string text) => Quoted(text, '\'');

    private static string Quoted(string name, char quote) =>
        $"{quote}{name.Replace($"{quote}", $"{quote}{quote}", StringComparison.Ordinal)}{quote}";

    private string One(string[] all) => all[random.Next(all.Length)];

    private IEnumerable<string> Some(string[] all, int from, int to) =>
        Enumerable.Range(0, random.Next(from, to + 1)).Select(_ => One(all));
}
