using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Schema;

/// <summary>Makes statements of CREATE at random: any constraint in any place, names in any quotes, blanks and comments in between.</summary>
internal sealed class GeneratedSchema(Random random)
{
    private static readonly string[] Names =
    [
        "a",
        "b c",
        "key",
        "Größe",
        "d\u00a0e",
        "f\"g",
        "check",
        "(",
        "h--i",
        "rowid",
        "GENERATED ALWAYS",
    ];

    private static readonly string[] Types =
    [
        "",
        "INTEGER",
        "integer",
        "INT",
        "text",
        "VARCHAR(20)",
        "numeric ( 10 , -2 )",
        "\"odd type\"",
        "double precision",
        "any",
        "blob",
    ];

    private readonly List<string> _columns = [];

    /// <summary>Statements, some of which SQLite may refuse.</summary>
    public IReadOnlyList<string> Statements()
    {
        _columns.AddRange(Names.Where(_ => random.Next(3) > 0).DefaultIfEmpty("a"));
        var table = Table();
        return
        [
            "CREATE TABLE p (x INTEGER PRIMARY KEY, y, z, UNIQUE (y, z))",
            table,
            .. Enumerable.Range(0, random.Next(4)).Select(Index),
            $"CREATE{Blank()}VIEW{Blank()}v{Blank()}AS SELECT {Name(_columns[0])} FROM t{Comment()}",
            $"CREATE TRIGGER r{Blank()}AFTER INSERT ON t BEGIN SELECT {Name(_columns[0])} FROM t; END",
        ];
    }

    private string Table()
    {
        var isStrict = random.Next(6) == 0;
        var parts = _columns
            .Select(name =>
                Join([
                    Name(name),
                    isStrict ? Pick("INT", "TEXT", "ANY", "Integer") : Pick(Types),
                    .. Many(3, ColumnConstraint),
                ])
            )
            .ToList();
        var separator = random.Next(4) == 0 ? " " : ",";
        var constraints = string.Join(separator, Many(4, TableConstraint));
        if (constraints.Length > 0)
        {
            parts.Add(constraints);
        }

        string[] options =
        [
            .. isStrict ? [$"STRICT{Blank()}"] : (string[])[],
            .. random.Next(5) == 0 ? [$"WITHOUT{Blank()}ROWID"] : (string[])[],
        ];
        return $"CREATE{Blank()}TABLE{Blank()}t{Comment()}({string.Join(',' + Comment(), parts)}){string.Join(',', options)}{Comment()}";
    }

    private string ColumnConstraint() =>
        Named()
        + random.Next(9) switch
        {
            0 => $"NOT{Blank()}NULL{OnConflict()}",
            1 => $"UNIQUE{OnConflict()}",
            2 => $"CHECK{Comment()}({Expression()})",
            3 =>
                $"DEFAULT {Pick("1", "-1.5e-3", "'x'", "\"y\"", "(1 + 2)", "((3))", "z", "CURRENT_TIMESTAMP", "X'ab'", "+4", "null", "true", "( 'it''s' )")}",
            4 => $"COLLATE{Blank()}{Pick("NOCASE", "rtrim", "Binary", "\"nocase\"")}",
            5 => $"REFERENCES{Blank()}p{Pick("", "(x)", $"{Blank()}({Comment()}y )")}{Actions()}",
            6 =>
                $"{Pick("", $"GENERATED{Blank()}ALWAYS ")}AS{Comment()}({Expression()}){Pick("", " STORED", " VIRTUAL")}",
            7 =>
                $"PRIMARY{Blank()}KEY{Pick("", " DESC", " ASC")}{OnConflict()}{Pick("", "", " AUTOINCREMENT")}",
            _ => "NULL",
        };

    private string TableConstraint() =>
        Named()
        + random.Next(4) switch
        {
            0 => $"PRIMARY{Blank()}KEY{Comment()}({Parts()}){OnConflict()}",
            1 => $"UNIQUE({Parts()}){OnConflict()}",
            2 => $"CHECK({Expression()})",
            _ =>
                $"FOREIGN{Blank()}KEY({Name(Pick(_columns))},{Name(Pick(_columns))}) REFERENCES p{Pick("", "(y,z)", "(z, \"y\")")}{Actions()}",
        };

    private string Index(int number) =>
        $"CREATE{Pick("", $"{Blank()}UNIQUE")} INDEX{Blank()}i{number} ON t{Comment()}({Parts(withExpressions: true)}){Pick("", $"{Comment()}WHERE{Blank()}{Expression()}")}{Comment()}";

    private string Parts(bool withExpressions = false) =>
        string.Join(
            ',' + Comment(),
            Enumerable
                .Range(0, 1 + random.Next(3))
                .Select(_ =>
                    (
                        withExpressions && random.Next(3) == 0
                            ? Pick(
                                $"({Expression()})",
                                $"abs({Name(Pick(_columns))})",
                                $"-{Name(Pick(_columns))}",
                                $"({Name(Pick(_columns))})"
                            )
                            : Name(Pick(_columns))
                    )
                    + Pick("", "", $"{Blank()}COLLATE NOCASE", " collate \"rtrim\"")
                    + Pick("", "", " DESC", $"{Blank()}asc")
                )
        );

    private string Expression() =>
        Pick(
            $"{Name(Pick(_columns))}{Comment()}> 0",
            $"({Name(Pick(_columns))})",
            $"{Name(Pick(_columns))} <> ')'",
            $"length ({Name(Pick(_columns))}) < 5 /* ( */",
            "1",
            $"{Name(Pick(_columns))} || 'x' COLLATE NOCASE"
        );

    private string Actions() =>
        string.Concat(
            Many(
                2,
                () =>
                    Blank()
                    + Pick(
                        "ON DELETE CASCADE",
                        "ON UPDATE SET NULL",
                        "ON DELETE NO ACTION",
                        "ON UPDATE RESTRICT",
                        "ON DELETE SET DEFAULT",
                        "MATCH SIMPLE"
                    )
            )
        )
        + Pick(
            "",
            "",
            $"{Blank()}DEFERRABLE",
            " NOT DEFERRABLE",
            " DEFERRABLE INITIALLY DEFERRED",
            " DEFERRABLE INITIALLY IMMEDIATE"
        );

    private string OnConflict() =>
        Pick(
            "",
            "",
            "",
            $"{Blank()}ON CONFLICT {Pick("ABORT", "FAIL", "IGNORE", "REPLACE", "ROLLBACK")}"
        );

    private string Named() => random.Next(4) == 0 ? $"CONSTRAINT{Blank()}{Name(Pick(Names))} " : "";

    private string Name(string name)
    {
        var doubled = name.Replace("\"", "\"\"", StringComparison.Ordinal);
        return (random.Next(4), name) switch
        {
            (0, "a" or "key" or "Größe" or "d\u00a0e") => name,
            (1, _) => $"[{name}]",
            (2, _) => $"`{name}`",
            _ => $"\"{doubled}\"",
        };
    }

    private string Blank() => Pick(" ", "\n", "\t ", " /* , ( */ ", " -- ) '\n", "\r\n");

    private string Comment() => Pick("", "", "", " ", "/* \" */", "--\n");

    private IEnumerable<string> Many(int most, Func<string> make) =>
        Enumerable.Range(0, random.Next(most + 1)).Select(_ => make());

    private string Join(IEnumerable<string> words) => string.Join(Blank(), words);

    private string Pick(params IReadOnlyList<string> of) => of[random.Next(of.Count)];
}
