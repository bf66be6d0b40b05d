using System.Text;
using FluentMigrator;
using FluentMigrator.Runner.Generators.Postgres;
using FluentMigrator.Runner.Processors.Postgres;
using Nitejar.Migrations.Engine.FluentMigrations;

namespace Nitejar.Migrations.Postgres.FluentMigrations;

/// <summary>
/// FluentMigrator's names and literals for PostgreSQL, with what they lose: fractions of seconds, numbers that are not
/// finite, days of a time, the schema of a sequence. What the server would cut or could not read is refused.
/// </summary>
internal sealed class PostgresSqlQuoter() : PostgresQuoter(new PostgresOptions())
{
    /// <summary>In bytes of UTF-8. The server cuts the rest with nothing but a notice.</summary>
    private const int LongestName = 63;

    /// <inheritdoc />
    /// <exception cref="UnsupportedExpressionException">The server would cut it.</exception>
    public override string Quote(string name)
    {
        var bytes = Encoding.UTF8.GetByteCount(name ?? "");
        return bytes <= LongestName
            ? base.Quote(name)
            : throw new UnsupportedExpressionException(
                $"the name {name} has {bytes} bytes, and PostgreSQL cuts names after {LongestName}.",
                "Give it a shorter name. FluentMigrator makes up the names of keys and indexes that are not given, of those of the table and the columns."
            );
    }

    /// <inheritdoc />
    public override string QuoteSequenceName(string sequenceName, string schemaName) =>
        base.QuoteSequenceName(sequenceName, UnQuote(QuoteSchemaName(schemaName)));

    /// <inheritdoc />
    /// <exception cref="UnsupportedExpressionException">There is no literal for a value of this type.</exception>
    public override string QuoteValue(object? value) =>
        value switch
        {
            double number when !double.IsFinite(number) => Text(number),
            float number when !float.IsFinite(number) => Text(number),
            IFormattable date when date.GetType().FullName == "System.DateOnly" => Text(
                date,
                "yyyy-MM-dd"
            ),
            IFormattable time when time.GetType().FullName == "System.TimeOnly" => Text(
                time,
                "HH:mm:ss.FFFFFF"
            ),
            null or NonUnicodeString or Guid or DateTimeOffset or RawSql or byte[] or TimeSpan =>
                base.QuoteValue(value),
            _ when IsPlain(value.GetType()) => base.QuoteValue(value),
            _ => throw new UnsupportedExpressionException(
                $"a value of the type {value.GetType().Name} cannot be written as SQL.",
                "Write it as a text, or as an expression of SQL with RawSql.Insert(...)."
            ),
        };

    /// <summary>The server keeps microseconds.</summary>
    public override string FormatDateTime(DateTime value) =>
        $"'{value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)}'";

    /// <inheritdoc cref="FormatDateTime"/>
    public override string FormatDateTimeOffset(DateTimeOffset value) =>
        $"'{value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture)}'";

    /// <summary>The server would read <c>1.02:03:04</c> as 1.02 days, three minutes and four seconds.</summary>
    public override string FromTimeSpan(TimeSpan value) =>
        value.Duration() < TimeSpan.FromDays(1)
            ? base.FromTimeSpan(value)
            : $"'{(value < TimeSpan.Zero ? "-" : "")}{(long)value.Duration().TotalHours}{value.ToString(@"\:mm\:ss\.FFFFFF", CultureInfo.InvariantCulture).TrimEnd('.')}'";

    /// <inheritdoc />
    public override string FormatChar(char value) => FormatNationalString(value.ToString());

    /// <summary>Built in since PostgreSQL 13, where FluentMigrator's <c>uuid_generate_v4()</c> needs an extension.</summary>
    public override string FormatSystemMethods(SystemMethods value) =>
        value == SystemMethods.NewGuid ? "gen_random_uuid()" : base.FormatSystemMethods(value);

    /// <summary>Numbers, texts and the like. Rarer types are known by their names: a program whose migrations have none need not carry them.</summary>
    private static bool IsPlain(Type type) =>
        Type.GetTypeCode(type) != TypeCode.Object
        || type.FullName is "System.Numerics.BigInteger" or "System.Int128" or "System.UInt128";

    private static string Text(IFormattable value, string? format = null) =>
        $"'{value.ToString(format, CultureInfo.InvariantCulture)}'";
}
