namespace Nitejar.Migrations.Engine;

/// <summary>A reason why the engine did not do what it was asked, in words for a person.</summary>
/// <param name="message">One sentence: what, where and why. Holds no secret.</param>
/// <param name="nextStep">What to do about it.</param>
/// <param name="cause">The error beneath, for <c>--verbose</c>; may be <see langword="null"/>.</param>
public abstract class MigrateException(string message, string nextStep, Exception? cause = null)
    : Exception(EndedOnce(message), cause)
{
    /// <summary>What to do about it.</summary>
    public string NextStep { get; } = nextStep;

    /// <summary>What a program can decide by, where it says more than the type; else <see langword="null"/>.</summary>
    public virtual ErrorCode? Code { get; init; }

    /// <summary>A sentence that ends in another one's words has its end already: <c>single-quotes?.</c></summary>
    private static string EndedOnce(string message) =>
        message.EndsWith("?.", StringComparison.Ordinal)
        || message.EndsWith("!.", StringComparison.Ordinal)
        || (
            message.EndsWith("..", StringComparison.Ordinal)
            && !message.EndsWith("...", StringComparison.Ordinal)
        )
            ? message[..^1]
            : message;

    /// <summary>SQL that belongs to the error, over several lines; or <see langword="null"/>.</summary>
    public string? Detail { get; init; }
}

/// <summary>The request itself makes no sense for this binary or database. Nothing was touched.</summary>
public class InvalidRequestException(string message, string nextStep, Exception? cause = null)
    : MigrateException(message, nextStep, cause);

/// <summary>A migration failed. Its run was rolled back.</summary>
public sealed class MigrationFailedException(
    string message,
    string nextStep,
    Exception? cause = null
) : MigrateException(message, nextStep, cause);

/// <summary>A check failed, for example a changed checksum. Nothing was changed.</summary>
public class CheckFailedException(string message, string nextStep, Exception? cause = null)
    : MigrateException(message, nextStep, cause);

/// <summary>The database was locked for longer than allowed. Nothing was changed.</summary>
public sealed class LockTimeoutException(string message, string nextStep, Exception? cause = null)
    : MigrateException(message, nextStep, cause);

/// <summary>Someone has to decide first. Nothing was changed.</summary>
public class RefusedException(string message, string nextStep, Exception? cause = null)
    : MigrateException(message, nextStep, cause);

/// <summary>The database cannot be reached, read or written, or is none. Nothing was changed.</summary>
public sealed class DatabaseUnavailableException(
    string message,
    string nextStep,
    Exception? cause = null
) : MigrateException(message, nextStep, cause)
{
    /// <summary>Whether time may heal it without anybody's doing: a disk that is not mounted yet, a file that is not copied yet.</summary>
    public bool MayPass { get; init; }

    /// <summary>For what cannot be done to a database that does not exist: its path is wrong.</summary>
    /// <param name="database">Its name.</param>
    /// <param name="done">What was to be done there: <c>reverted</c>.</param>
    internal static DatabaseUnavailableException Absent(string database, string done) =>
        new(
            $"{database} does not exist, so nothing can be {done} there.",
            "Correct the path or the connection."
        )
        {
            Code = ErrorCode.Absent,
        };

    /// <summary>The same, saying that it has been waited for without success.</summary>
    internal DatabaseUnavailableException AfterWaiting(TimeSpan wait) =>
        new(
            FormattableString.Invariant(
                $"{Message.TrimEnd('.')}, also after waiting {wait.TotalSeconds:0.###} s (--wait)."
            ),
            NextStep,
            this
        );
}
